// Workers of Node 20 run JavaScript alone, so what runs inside them is the built package.
export { UploadError } from '@sluice/core'
export { serveRenderer } from '../dist/index.js'
