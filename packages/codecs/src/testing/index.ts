export { checkRenderer } from './check-renderer.js'
