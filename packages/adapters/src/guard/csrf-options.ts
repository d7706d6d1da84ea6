export interface CsrfOptions {
  /** Other origins whose pages may upload, as browsers serialise them: `https://app.example`. */
  readonly trustedOrigins?: readonly string[]
  /** A signed double-submit token besides the check of where the request comes from. */
  readonly token?: CsrfTokenOptions
}

export interface CsrfTokenOptions {
  /** At least 32 characters, the same in all processes. */
  readonly secret: string
  /** Default: `__Host-upload-csrf`. */
  readonly cookie?: string
  /** Default: `x-csrf-token`. */
  readonly header?: string
  /** A form field that comes before the file. Default: `csrf`. */
  readonly field?: string
}
