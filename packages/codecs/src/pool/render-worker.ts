// The module that the workers of `workerPool` run.
import { parentPort, stepBack } from '#threads'
import type { Plug } from '../plug.js'
import { defaultRenderer } from '../renderers/default.js'
import type { Reply, Setup, Task } from './messages.js'
import { serveRenderer } from './serve-renderer.js'

const port = parentPort()
port.receive(message => {
  const first = message as Setup | Task
  if ('plugs' in first) void start(first)
})

async function start({ plugs }: Setup): Promise<void> {
  stepBack()
  try {
    serveRenderer(defaultRenderer({ plugs: await Promise.all(plugs.map(load)) }))
  } catch (thrown) {
    port.send({ failed: String(thrown) } satisfies Reply, [])
  }
}

/** The URLs are those of plugs that the application imported itself. */
async function load({ url, name, options }: Setup['plugs'][number]): Promise<Plug> {
  const exported = await import(/* @vite-ignore */ /* webpackIgnore: true */ url)
  return exported[name](options)
}
