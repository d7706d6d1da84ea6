export { checkRenderer } from './check-renderer.js'
export { firstFrame } from './first-frame.js'
