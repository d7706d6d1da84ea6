import type { IncomingMessage, ServerResponse } from 'node:http'
import { imageUpload } from '@sluice/adapters/express'
import { endpoints, keptEndpoint } from './endpoints.js'

/** As much of Express as both versions have. */
interface Express {
  get(path: string, ...handlers: unknown[]): unknown
  post(path: string, ...handlers: unknown[]): unknown
  all(path: string, ...handlers: unknown[]): unknown
  listen(port: number, host: string, done: () => void): { address(): unknown }
}

/** Frameworks hand on after an accepted upload: the JSON is written by the application, as a user would. */
export function startExpress(express: () => Express): void {
  const app = express()
  const options = endpoints<IncomingMessage>((request, name) => request.headers[name]?.toString())
  for (const [path, each] of Object.entries(options))
    app.all(
      path,
      imageUpload(each),
      (request: Express.Request, response: ServerResponse & { json(body: unknown): void }) =>
        response.json(
          each.maxFiles === undefined && each.fields === undefined
            ? request.upload
            : { uploads: request.uploads },
        ),
    )
  const kept = keptEndpoint()
  app.post(
    '/kept',
    imageUpload(kept.options),
    async (request: IncomingMessage, response: ServerResponse, next: (error: unknown) => void) => {
      try {
        response.statusCode = kept.answer(request.headers['x-answer']?.toString())
        response.end()
      } catch (thrown) {
        next(thrown)
      }
    },
  )
  app.get('/kept', async (_: unknown, response: ServerResponse) => response.end(String(await kept.count())))
  const server = app.listen(0, '127.0.0.1', () =>
    console.log(`PORT ${(server.address() as { port: number }).port}`),
  )
}
