import { fetchApp } from './fetch-app.js'

export default { fetch: fetchApp }
