// One of the two handlers in a process of its own: says its port, and when it is asked what it took of memory and processor.
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peakBytes } from '@sluice/testkit/process-memory'

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} Handle */

/** @type {Readonly<Record<string, () => Promise<{ name: string, handle: Handle }>>>} */
const handlers = {
  multer: () => import(new URL('../rivals/multer.mjs', import.meta.url).href),
  async sluice() {
    const [{ uploadHandler }, { nodeListener }] = await Promise.all([
      import('@sluice/adapters/fetch'),
      import('@sluice/adapters/node'),
    ])
    const store = join(mkdtempSync(join(tmpdir(), 'sluice-uploads-')), 'uploads')
    return { name: 'Sluice', handle: nodeListener(uploadHandler({ store, public: true, onEvent: false })) }
  },
}

const { name, handle } = await /** @type {() => ReturnType<typeof handlers.sluice>} */ (
  handlers[process.argv[2] ?? '']
)()
const server = createServer(handle)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ name, port: typeof address === 'object' ? address?.port : undefined })
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ peak: peakBytes(), cpuMs: (user + system) / 1000 })
})
