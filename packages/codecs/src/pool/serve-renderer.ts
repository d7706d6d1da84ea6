import { type Renderer, UploadError } from '@sluice/core'
import { dropIdle, tidyBeforeLarge } from '@sluice/sandbox'
import { parentPort, tidy } from '#threads'
import type { Drawing, Reply, Task } from './messages.js'
import { unpack } from './parcel.js'

/** Draws the images that `workers` sends to this worker. Call it once, in the module that the worker runs. */
export function serveRenderer(renderer: Renderer): void {
  const port = parentPort()
  tidyBeforeLarge(tidy)
  port.receive(message => {
    const task = message as Task
    if ('tidy' in task) {
      dropIdle()
      tidy(0)
      return port.send({ tidied: true } satisfies Reply, [])
    }
    void answer(renderer, task).then(reply => {
      port.send(reply, buffersOf(reply))
      tidy()
    })
  })
  port.send({ ready: true } satisfies Reply, [])
}

async function answer(renderer: Renderer, { image: sent, plan }: Drawing): Promise<Reply> {
  try {
    const image = { ...sent, bytes: unpack(sent.bytes) }
    if (!renderer.reads.includes(image.format))
      throw new UploadError('unsupported-kind', { kind: image.format.toUpperCase() }, { stage: 'render' })
    const rendering = await renderer.render(image, plan)
    const renditions = rendering.renditions.map(each => ({ ...each, bytes: tight(each.bytes) }))
    return { rendering: { ...rendering, renditions } }
  } catch (thrown) {
    return { refusal: UploadError.from(thrown, 'render-failed').toRecord() }
  }
}

/** Bytes that own their buffer, so that it can be transferred. */
const tight = (bytes: Uint8Array) => (bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice())

const buffersOf = (reply: Reply) =>
  'rendering' in reply
    ? [...new Set(reply.rendering.renditions.map(({ bytes }) => bytes.buffer as ArrayBuffer))]
    : []
