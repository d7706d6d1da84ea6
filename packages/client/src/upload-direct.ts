import { UploadError, type View } from '@sluice/core'
import type { Answer } from './read-answer.js'
import { type SendOptions, send } from './send.js'

/** How often a file is sent whose connection breaks off. */
const attempts = 4
/** Longest wait for a result that is not there yet, in seconds. */
const longestWait = 600

interface Offered {
  readonly ticket: string
  readonly put: { readonly url: string; readonly headers: Readonly<Record<string, string>> }
}

/**
 * Sends a file by itself, to where `directUploads` at `url` says, and asks for what became of it. A connection that
 * breaks off is no end: the file is sent again, and what had arrived after all counts.
 * @returns the answer of the endpoint: the upload, or a refusal
 * @throws UploadError `connection-lost`, `aborted`, `busy`
 */
export async function uploadDirect(
  url: string | URL,
  file: Blob,
  view: View,
  options: SendOptions,
): Promise<Answer> {
  const quiet = { ...options, onProgress: undefined }
  const wish = await send(url, json(await describe(file, view)), quiet)
  if (wish.status !== 201) return wish
  const { ticket, put } = JSON.parse(wish.body) as Offered
  const refused = await putFile(new URL(put.url, new URL(url, location.href)), file, put.headers, options)
  if (refused) return refused
  const ask = new URL(url, location.href)
  ask.searchParams.set('result', '')
  for (let waited = 0; ; ) {
    const answer = await send(ask, json({ ticket }), quiet)
    if (answer.status !== 202) return answer
    const seconds = Math.max(1, Number(answer.retryAfter) || 1)
    waited += seconds
    if (waited > longestWait) throw new UploadError('busy', { retryAfter: longestWait })
    await pause(seconds, options.signal)
  }
}

/** @returns an answer that is none of success; undefined where the file lies there */
async function putFile(
  url: URL,
  file: Blob,
  headers: Readonly<Record<string, string>>,
  { onProgress, signal }: SendOptions,
): Promise<Answer | undefined> {
  // Nothing of the application goes to a bucket: neither its headers nor its cookies.
  const options = { method: 'PUT', headers, onProgress, signal }
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send(url, file, options)
      // 412: it is there, for the answer of an earlier attempt was lost.
      return answer.status < 300 || answer.status === 412 ? undefined : answer
    } catch (thrown) {
      const isLost = thrown instanceof UploadError && thrown.code === 'connection-lost'
      if (!isLost || attempt === attempts) throw thrown
      await pause(attempt, signal)
    }
  }
}

async function describe(file: Blob, { crop, focus }: View) {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  const sha256 = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
  return {
    bytes: file.size,
    type: file.type.startsWith('image/') ? file.type : 'application/octet-stream',
    sha256,
    ...('name' in file ? { name: String(file.name) } : {}),
    ...(crop && { crop: [crop.x, crop.y, crop.width, crop.height].join() }),
    ...(focus && { focus: [focus.x, focus.y].join() }),
  }
}

const json = (value: unknown) => new Blob([JSON.stringify(value)], { type: 'application/json' })

function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new UploadError('aborted', {}, { cause: signal.reason }))
    })
  })
}
