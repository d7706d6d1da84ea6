import { type Renderer, type Rendering, UploadError } from '@sluice/core'
import { dropIdle, dropSpare, recycle, reuseBuffers } from '@sluice/sandbox'
import { parentPort, tidy, turn } from '#threads'
import type { Drawing, Reply, Task } from './messages.js'
import { pack, unpack } from './parcel.js'

/** Draws the images that `workers` sends to this worker. Call it once, in the module that the worker runs. */
export function serveRenderer(renderer: Renderer): void {
  const port = parentPort()
  reuseBuffers(tidy)
  port.receive(message => {
    const task = message as Task
    if ('tidy' in task) {
      dropIdle()
      dropSpare()
      tidy(0)
      return port.send({ tidied: true } satisfies Reply, [])
    }
    void answer(renderer, task).then(async reply => {
      port.send(reply, buffersOf(reply))
      // Memories that wait for the collector were looked at for this image, which keeps them alive until its turn ends.
      await turn()
      tidy()
    })
  })
  port.send({ ready: true } satisfies Reply, [])
}

async function answer(renderer: Renderer, drawing: Drawing): Promise<Reply> {
  try {
    return { rendering: await draw(renderer, drawing) }
  } catch (thrown) {
    return { refusal: UploadError.from(thrown, 'render-failed').toRecord() }
  }
}

async function draw(renderer: Renderer, { image, plan }: Drawing): Promise<Rendering> {
  const bytes = unpack(image.bytes)
  try {
    if (!renderer.reads.includes(image.format))
      throw new UploadError('unsupported-kind', { kind: image.format.toUpperCase() }, { stage: 'render' })
    const rendering = await renderer.render({ ...image, bytes }, plan)
    return {
      ...rendering,
      renditions: rendering.renditions.map(each => ({ ...each, bytes: pack(each.bytes) })),
    }
  } finally {
    recycle(bytes)
  }
}

const buffersOf = (reply: Reply) =>
  'rendering' in reply ? reply.rendering.renditions.map(({ bytes }) => bytes.buffer as ArrayBuffer) : []
