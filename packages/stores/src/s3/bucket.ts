import { AwsClient } from 'aws4fetch'
import { type Credentials, checkMs, checkS3Options, type S3Options } from './options.js'
import { S3Error, s3Error } from './s3-error.js'

interface Extra {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly query?: Readonly<Record<string, string>>
  /** Most that is left for it, in milliseconds, where that is less than `requestMs`. */
  readonly leftMs?: number | undefined
}

/** No answer came: the line broke, nobody listens, or time was up. Whether the request was carried out is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export interface Bucket {
  readonly prefix: string
  /**
   * One signed request, not repeated, no redirect followed: a signature is for one host. `key` '' is the bucket itself.
   * @throws NoAnswer; S3Error for a redirect
   */
  send(method: string, key: string, extra?: Extra): Promise<Response>
  /**
   * A URL by which somebody else may make one request with exactly these headers (Signature Version 4, by query).
   * @param seconds for which it holds
   */
  presign(
    method: string,
    key: string,
    headers: Readonly<Record<string, string>>,
    seconds: number,
  ): Promise<string>
}

/**
 * @param name of the function that was called with the options, for what is wrong with them
 * @throws TypeError that names the setting
 */
export function makeBucket(name: string, options: S3Options): Bucket {
  checkS3Options(name, options)
  const { prefix = '', region } = options
  const requestMs = checkMs(name, 'requestMs', options.requestMs ?? 30_000, 600_000)
  const root = options.bucket.replace(/\/+$/, '')
  // Of signing keys, which hold for a day.
  const cache = new Map<string, ArrayBuffer>()
  const urlOf = (key: string) => new URL(key === '' ? root : `${root}/${prefix}${key}`)

  async function signer(): Promise<AwsClient> {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(options)
    return new AwsClient({
      accessKeyId,
      secretAccessKey,
      service: 's3',
      retries: 0,
      cache,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(region === undefined ? {} : { region }),
    })
  }

  return {
    prefix,
    async send(method, key, { headers = {}, body, query = {}, leftMs = requestMs } = {}) {
      const url = urlOf(key)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      const client = await signer()
      // A view is sent as it stands; the cast only says that it is no SharedArrayBuffer.
      const signed = await client.sign(url, {
        method,
        headers,
        ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      })
      const limitMs = Math.max(0, Math.min(requestMs, Math.ceil(leftMs)))
      const signal = AbortSignal.timeout(limitMs)
      const response = await fetch(signed, { redirect: 'manual', signal }).catch(cause => {
        throw new NoAnswer(signal.aborted ? `no answer within ${limitMs} ms` : `no answer: ${cause}`, {
          cause,
        })
      })
      const { status, type } = response
      if (type !== 'opaqueredirect' && (status < 300 || status >= 400 || status === 304)) return response
      throw new S3Error(`${method} ${key}`, status, (await s3Error('', response)).code ?? 'Redirect')
    },
    async presign(method, key, headers, seconds) {
      const url = urlOf(key)
      url.searchParams.set('X-Amz-Expires', String(seconds))
      const client = await signer()
      const signed = await client.sign(url, { method, headers, aws: { signQuery: true, allHeaders: true } })
      return signed.url
    },
  }
}

async function credentialsOf({ credentials, ...fixed }: S3Options): Promise<Credentials> {
  const { accessKeyId = '', secretAccessKey = '', sessionToken } = (await credentials?.()) ?? fixed
  if (!accessKeyId || !secretAccessKey)
    throw new TypeError('credentials() gave no accessKeyId and secretAccessKey')
  return { accessKeyId, secretAccessKey, sessionToken }
}
