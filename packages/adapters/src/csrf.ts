export type { CsrfOptions, CsrfTokenOptions } from './guard/csrf-options.js'
export { issueCsrfToken } from './guard/csrf-token.js'
