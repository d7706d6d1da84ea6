export { definePolicy, type Policy, UploadError, type Uploaded } from '@sluice/core'
export { checkImage } from './check-image.js'
export { shrinkImage } from './shrink-image.js'
export { type UploadOptions, uploadImage } from './upload-image.js'
