import type { UploadEvent } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { uploadHandler } from '../src/fetch.js'
import type { UploadOptions } from '../src/options.js'
import { pngImage } from './images.js'
import { file, formType, multipartBody, type Part } from './multipart-body.js'
import { toyRenderer as renderer } from './toy-renderer.js'

const png = pngImage()

/** A request of a browser on the own site. */
export function post(parts: readonly Part[] = [file(png)], headers: Record<string, string> = {}) {
  return new Request('https://here.example/images', {
    method: 'POST',
    body: multipartBody(parts),
    headers: { 'content-type': formType, 'sec-fetch-site': 'same-origin', ...headers },
  })
}

/** A fetch handler that is open to everybody, and what became of its uploads. */
export function endpoint(options: Partial<UploadOptions<Request>> = {}) {
  const store = memoryStore()
  const events: UploadEvent[] = []
  const handler = uploadHandler({
    store,
    renderer,
    onEvent: event => events.push(event),
    ...(options.authorize ? {} : { public: true }),
    ...options,
  })
  const keys = async () => {
    const found: string[] = []
    for await (const { key } of store.list()) found.push(key)
    return found
  }
  return { handler, store, events, keys }
}
export async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { code?: string }).code
}
