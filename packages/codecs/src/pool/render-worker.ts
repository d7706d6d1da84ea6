// The module that the workers of `workerPool` run.
import { parentPort, stepBack } from '#threads'
import type { CodecPack } from '../codec-pack.js'
import { defaultRenderer } from '../renderers/default.js'
import type { Reply, Setup, Task } from './messages.js'
import { serveRenderer } from './serve-renderer.js'

const port = parentPort()
port.receive(message => {
  const first = message as Setup | Task
  if ('codecs' in first) void start(first)
})

async function start({ codecs }: Setup): Promise<void> {
  stepBack()
  try {
    serveRenderer(defaultRenderer({ codecs: await Promise.all(codecs.map(load)) }))
  } catch (thrown) {
    port.send({ failed: String(thrown) } satisfies Reply, [])
  }
}

/** The URLs are those of codec packs that the application imported itself. */
async function load({ url, name, options }: Setup['codecs'][number]): Promise<CodecPack> {
  const exported = await import(/* @vite-ignore */ /* webpackIgnore: true */ url)
  return exported[name](options)
}
