import type { SluiceUpload, UploadDetail } from '@sluice/client/element'
import type { Policy } from '@sluice/core'
import type { HTMLAttributes } from 'preact'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'sluice-upload': HTMLAttributes<SluiceUpload> & {
        readonly 'whole-page'?: boolean
        readonly accept?: string
        readonly policy?: Policy
        readonly 'onsluice-chosen'?: (event: CustomEvent<UploadDetail>) => void
      }
    }
  }
}
