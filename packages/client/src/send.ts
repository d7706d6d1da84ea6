import { UploadError } from '@sluice/core'
import type { Answer } from './read-answer.js'

export interface SendOptions {
  /** Further request headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** The language in which refusals of the server are wished for. Default: as the browser is set. */
  readonly language?: string | undefined
  /** Whether cookies go along to another origin. Default: false; to the own origin they always go. */
  readonly withCredentials?: boolean
  /** Told the share of the request that is sent, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends a form, or a file by itself. By XMLHttpRequest, because fetch does not tell how much of a request is sent.
 * @throws UploadError `aborted` by the signal, `connection-lost`
 */
export function send(
  url: string | URL,
  body: FormData | Blob,
  {
    headers = {},
    language,
    withCredentials = false,
    onProgress,
    signal,
    method = 'POST',
  }: SendOptions & { readonly method?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw new UploadError('aborted', {}, { cause: signal.reason })
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    const end = (settle: () => void) => () => {
      signal?.removeEventListener('abort', stop)
      settle()
    }
    request.onload = end(() =>
      resolve({
        status: request.status,
        body: request.responseText,
        retryAfter: request.getResponseHeader('retry-after'),
      }),
    )
    request.onerror = end(() => reject(new UploadError('connection-lost')))
    request.onabort = end(() => reject(new UploadError('aborted', {}, { cause: signal?.reason })))
    // Listening to the upload makes a request to another origin ask first: only who wants to know pays for
    // that.
    if (onProgress)
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    signal?.addEventListener('abort', stop)
    request.open(method, url)
    request.withCredentials = withCredentials
    request.setRequestHeader('accept', 'application/json')
    if (language !== undefined) request.setRequestHeader('accept-language', language)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.send(body)
  })
}
