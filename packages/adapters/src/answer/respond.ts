import type { BodyReader } from '../receive/body-reader.js'
import { drain, lingerLimits, shortDrain } from '../receive/drain.js'
import { nodeMessage } from '../runtime/node-message.js'
import type { Answer } from './answer.js'

/**
 * The answer as a Response that reaches a client which is still sending its body. On Node the body of the
 * answer is sent at once and ends when the rest of the request was read and thrown away (see
 * `lingerLimits`), so that the server does not close the connection before. Runtimes that tell nothing of
 * their connection are answered after a short drain, and do the rest themselves.
 * @param env what the runtime hands over besides the request
 */
export async function respond(
  { status, headers, body }: Answer,
  reader: BodyReader | undefined,
  env: unknown,
): Promise<Response> {
  const whole = () => new Response(body, { status, headers: { ...headers } })
  const message = nodeMessage(env)
  if (reader === undefined || message?.lingers || message?.complete) return whole()
  if (message === undefined || message.httpVersionMajor > 1) {
    await drain(reader, shortDrain)
    return whole()
  }
  const bytes = new TextEncoder().encode(body)
  const lingering = new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(bytes),
    async pull(controller) {
      await drain(reader, lingerLimits)
      controller.close()
    },
  })
  const length = String(bytes.length)
  return new Response(lingering, {
    status,
    headers: { ...headers, 'Content-Length': length, Connection: 'close' },
  })
}
