import { AwsClient } from 'aws4fetch'

export interface S3StoreOptions {
  /** URL of the bucket: `https://s3.eu-central-1.amazonaws.com/images` or `https://images.s3.example.com`. */
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
  /** Default: read from the host name where it is Amazon's or a known one's, else `us-east-1`. */
  readonly region?: string
  /** What the names in the bucket begin with, such as `public/`. Default: nothing. */
  readonly prefix?: string
  /** Sent with every file: `{ 'cache-control': 'public, max-age=31536000, immutable' }`. */
  readonly headers?: Readonly<Record<string, string>>
}

interface Extra {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly query?: Readonly<Record<string, string>>
}

/** No answer came: the line broke, or nobody listens. Whether the request was carried out is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export interface Bucket {
  readonly prefix: string
  readonly headers: Readonly<Record<string, string>>
  /**
   * One signed request, not repeated. `key` '' is the bucket itself.
   * @throws NoAnswer
   */
  send(method: string, key: string, extra?: Extra): Promise<Response>
}

/** @throws TypeError that names the setting */
export function makeBucket(options: S3StoreOptions): Bucket {
  const { prefix = '', headers = {} } = options
  if (!URL.canParse(options.bucket) || !/^https?:/.test(options.bucket))
    throw new TypeError(`s3Store: bucket must be an http(s) URL, not ${JSON.stringify(options.bucket)}`)
  for (const name of ['accessKeyId', 'secretAccessKey'] as const)
    if (!options[name]) throw new TypeError(`s3Store: ${name} is missing`)
  if (prefix.startsWith('/') || /[^\w./-]/.test(prefix))
    throw new TypeError('s3Store: prefix must be of letters, digits and ._-/ and not begin with /')

  const root = options.bucket.replace(/\/+$/, '')
  const { accessKeyId, secretAccessKey, sessionToken, region } = options
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: 's3',
    retries: 0,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(region === undefined ? {} : { region }),
  })
  return {
    prefix,
    headers,
    async send(method, key, { headers = {}, body, query = {} } = {}) {
      const url = new URL(key === '' ? root : `${root}/${prefix}${key}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      // A view is sent as it stands; the cast only says that it is no SharedArrayBuffer.
      const signed = await client.sign(url, {
        method,
        headers,
        ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      })
      return fetch(signed).catch(cause => {
        throw new NoAnswer(`no answer: ${cause}`, { cause })
      })
    },
  }
}
