import { fileURLToPath } from 'node:url'
import { staticFolder } from '../../scripts/static-folder.mjs'

const dist = fileURLToPath(new URL('dist/', import.meta.url))

/** What a strict server of files would say; the page says the same of itself, for a disk says nothing. */
export const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    'img-src blob: data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** For scripts/show.mjs. @returns {import('../../scripts/serve.mjs').Mount} */
export function mount() {
  return { path: '/laboratory', name: 'The laboratory', listener: staticFolder(dist, headers) }
}
