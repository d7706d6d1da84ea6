import type { IncomingMessage, ServerResponse } from 'node:http'
import { imageUpload } from '@sluice/adapters/express'
import { endpoints } from './endpoints.js'

/** As much of Express as both versions have. */
interface Express {
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
          each.maxFiles === undefined ? request.upload : { uploads: request.uploadForm?.uploads },
        ),
    )
  const server = app.listen(0, '127.0.0.1', () =>
    console.log(`PORT ${(server.address() as { port: number }).port}`),
  )
}
