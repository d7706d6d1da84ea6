import { formatOfExtension, formatTable, keyGrammar, UploadError } from '@sluice/core'
import { ownHeaders } from '../answer/answer.js'
import { openStore, type StoreOption } from '../runtime/open-store.js'
import { type Fields, isKnown, isMatched, rangeOf } from './conditions.js'
import { attachment } from './disposition.js'
import { checkServeOptions, type Readable, type ServeOptions } from './options.js'

export interface Asked {
  readonly method: string
  /** As it was sent, without the query. */
  readonly path: string
  readonly fields: Fields
}

export interface Served {
  readonly status: number
  /** With Content-Length, that of the whole for HEAD. */
  readonly headers: Readonly<Record<string, string>>
  /** Undefined where none is sent. */
  readonly body?: Uint8Array
}

/** An image can do nothing but be looked at, also as a page of its own. */
const policy = "default-src 'none'; sandbox"

/**
 * Answers for the images of a store: GET and HEAD, conditional, in parts (RFC 9110). Every answer names the
 * type that the key's extension stands for, and forbids to guess another. Never rejects.
 * @throws OptionError at once if the options are wrong
 */
export function serving<Env>(store: StoreOption<Env, Readable>, options: ServeOptions) {
  const { resourcePolicy, cacheControl, download, onError } = checkServeOptions(options)
  const storeOf = openStore(store, ['get'])

  async function serve({ fields, method }: Asked, key: string, env: Env): Promise<Served> {
    const bytes = await (await storeOf(env)).get(key)
    if (bytes === undefined) return refusal(404)
    // Strong: a store writes over no key, so that it names these bytes.
    const etag = `"${key}"`
    if (!isMatched(fields, etag)) return refusal(412)
    const headers = {
      'Cache-Control': cacheControl,
      'Content-Security-Policy': policy,
      'Cross-Origin-Resource-Policy': resourcePolicy,
      'X-Content-Type-Options': 'nosniff',
      'Accept-Ranges': 'bytes',
      ETag: etag,
    }
    if (isKnown(fields, etag)) return { status: 304, headers }
    const range = method === 'GET' ? rangeOf(fields, etag, bytes.length) : undefined
    if (range === 'unsatisfiable') return refusal(416, { 'Content-Range': `bytes */${bytes.length}` })
    const { first, last } = range ?? { first: 0, last: bytes.length - 1 }
    return {
      status: range ? 206 : 200,
      headers: {
        ...headers,
        ...(await describe(key)),
        'Content-Length': String(last + 1 - first),
        ...(range ? { 'Content-Range': `bytes ${first}-${last}/${bytes.length}` } : {}),
      },
      ...(method === 'HEAD' ? {} : { body: bytes.subarray(first, last + 1) }),
    }
  }

  async function describe(key: string): Promise<Record<string, string>> {
    const extension = key.slice(key.lastIndexOf('.') + 1)
    const format = formatOfExtension(extension)
    const name = await download(key)
    return {
      'Content-Type': format ? formatTable[format].type : 'application/octet-stream',
      'Content-Disposition': name === undefined ? 'inline' : attachment(name, extension),
    }
  }

  return async (asked: Asked, env: Env): Promise<Served> => {
    if (!isReading(asked)) return refusal(405, { Allow: 'GET, HEAD' })
    const key = keyOfPath(asked.path)
    if (key === undefined) return refusal(404)
    try {
      return await serve(asked, key, env)
    } catch (thrown) {
      onError(thrown)
      return refusal(UploadError.from(thrown, 'internal').status)
    }
  }
}

/**
 * For a middleware, which stands among others: uploads are posted to the same path, whose root may be a page. What is
 * no key is theirs.
 */
export function isServed({ path }: Asked): boolean {
  return keyOfPath(path) !== undefined
}

/**
 * The key at the end of a path; what stands before it is the router's. Nothing is decoded: no character of a key
 * needs encoding, and what is encoded is none.
 */
export function keyOfPath(path: string): string | undefined {
  const key = path.split('/').slice(-2).join('/')
  return keyGrammar.test(key) ? key : undefined
}

function isReading({ method }: Asked): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A status without a word: neither whether there once was an image, nor why there is none. */
function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Served {
  const length = { 'Content-Length': '0' }
  return { status, headers: { ...ownHeaders, 'Content-Security-Policy': policy, ...length, ...headers } }
}
