export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined
}

export interface S3Options extends Partial<Credentials> {
  /** URL of the bucket: `https://s3.eu-central-1.amazonaws.com/images` or `https://images.s3.example.com`. */
  readonly bucket: string
  /**
   * Credentials that rotate, in place of `accessKeyId` and `secretAccessKey`: asked before each request, so that it is
   * for the function to keep them until they expire.
   */
  readonly credentials?: () => Credentials | Promise<Credentials>
  /** Default: read from the host name where it is Amazon's or a known one's, else `us-east-1`. */
  readonly region?: string
  /** What the names in the bucket begin with, such as `public/`. Default: nothing. */
  readonly prefix?: string
  /** Longest wait for one answer, in milliseconds: 1 to 600,000. Default: 30,000. */
  readonly requestMs?: number
}

export interface S3StoreOptions extends S3Options {
  /** Sent with every file: `{ 'cache-control': 'public, max-age=31536000, immutable' }`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Longest commit, all its requests and repetitions together, in milliseconds: 1 to 3,600,000. Default: 90,000. */
  readonly commitMs?: number
  /**
   * How an existing file is kept from being overwritten. `required`: by the service (`If-None-Match: *`).
   * `probe`: so where a probe, with the first commit, finds that the service checks it; else by a look before
   * each write, which leaves a moment in between (TOCTOU) and is told by `onWarning`. Default: `required`.
   */
  readonly conditionalWrites?: 'required' | 'probe'
  /** Told what the operator should know. Default: `console.error`. */
  readonly onWarning?: (message: string) => void
}

/** @throws TypeError that names the setting */
export function checkS3Options(name: string, options: S3Options): void {
  const { bucket, prefix = '', credentials } = options
  const fail = (setting: string, what: string) => {
    throw new TypeError(`${name}: ${setting} ${what}`)
  }
  const url = URL.canParse(bucket) ? new URL(bucket) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    fail('bucket', `must be an http(s) URL, not ${JSON.stringify(bucket)}`)
  else if (url.username || url.password || url.search || url.hash)
    fail('bucket', 'must be a URL without credentials, query and fragment')
  // The URL parser resolves `..`, also as `%2e%2e`: into another bucket.
  else if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(bucket)) fail('bucket', 'must have no dot segments')
  if (credentials !== undefined && typeof credentials !== 'function')
    fail('credentials', 'must be a function that returns them')
  for (const setting of ['accessKeyId', 'secretAccessKey'] as const)
    if (credentials === undefined ? !options[setting] : options[setting] !== undefined)
      fail(setting, credentials === undefined ? 'is missing' : 'cannot be combined with credentials')
  if (prefix.startsWith('/') || /[^\w./-]/.test(prefix))
    fail('prefix', 'must be of letters, digits and ._-/ and not begin with /')
  if (/(?:^|\/)\.{1,2}(?:\/|$)|\/\//.test(prefix)) fail('prefix', 'must have no dot segments and no //')
}

/** @throws TypeError where a limit is none */
export function checkMs(name: string, setting: string, value: number, max: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return value
  throw new TypeError(`${name}: ${setting} must be a whole number from 1 to ${max}`)
}
