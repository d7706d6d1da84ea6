import { uploadHandler } from '@sluice/adapters/fetch'
import { endpoints } from './endpoints.js'

const handlers = new Map(
  Object.entries(endpoints<Request>((request, name) => request.headers.get(name))).map(([path, options]) => [
    path,
    uploadHandler(options),
  ]),
)

/** Paths to upload handlers, as any router of fetch handlers does it. */
export async function fetchApp(request: Request, env?: unknown): Promise<Response> {
  const handler = handlers.get(new URL(request.url).pathname)
  return handler ? handler(request, env) : new Response('no such path', { status: 404 })
}
