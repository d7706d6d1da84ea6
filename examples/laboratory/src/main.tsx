import { render } from 'preact'
import { App } from './view/app.js'

const place = document.getElementById('laboratory')
if (place) render(<App />, place)
