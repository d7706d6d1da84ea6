import type { ServerResponse } from 'node:http'
import type { Answer } from '../answer/answer.js'
import { drain } from '../receive/drain.js'

type Reader = ReadableStreamDefaultReader<Uint8Array>

/**
 * Sends an answer while the client may still be sending its body. The answer goes out first, then a little more is
 * read, then the connection closes: closed at once, the client would get a reset and never see what was wrong.
 */
export async function send(response: ServerResponse, answer: Answer, reader: Reader | undefined): Promise<void> {
  if (response.destroyed) return
  const { status, headers, body } = answer
  const refused = status >= 400
  response.writeHead(status, {
    ...headers,
    'Content-Length': String(new TextEncoder().encode(body).length),
    ...(refused ? { Connection: 'close' } : {}),
  })
  if (refused && reader) {
    response.write(body)
    await drain(reader)
    response.end()
  } else response.end(body)
}
