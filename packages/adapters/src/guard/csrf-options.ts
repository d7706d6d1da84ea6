export interface CsrfOptions {
  /** Other origins whose pages may upload, as browsers serialise them: `https://app.example`. */
  readonly trustedOrigins?: readonly string[]
  /**
   * Refuses forms with neither Origin nor Sec-Fetch-Site, also from programs. Default: false; they are
   * taken where they carry no Cookie, no Authorization but a Bearer token and no client certificate. For
   * servers whose proxy takes certificates or passwords of browsers and hides them.
   */
  readonly requireOrigin?: boolean
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
