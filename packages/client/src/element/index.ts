import { SluiceUpload } from './sluice-upload.js'

export { languages } from './locale.js'
export { type SendFile, SluiceUpload, type UploadDetail } from './sluice-upload.js'
export type { QueuedUpload, SendControl, UploadState } from './upload-queue.js'

declare global {
  interface HTMLElementTagNameMap {
    'sluice-upload': SluiceUpload
  }
}

// Where pages are rendered on a server there are no elements to define.
if (globalThis.customElements && customElements.get('sluice-upload') === undefined)
  customElements.define('sluice-upload', SluiceUpload)
