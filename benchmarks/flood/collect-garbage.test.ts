import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { collectGarbage } from './servers/collect-garbage.mjs'

test.each(['first', 'one that starts later'])(
  'garbage of a worker is collected, without an option: %s',
  async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads')
    let held = new WeakRef({})
    parentPort.on('message', () => parentPort.postMessage(held.deref() === undefined))
    parentPort.postMessage('ready')`,
      { eval: true, execArgv: [], env: {} },
    )
    try {
      await once(worker, 'message')
      const { threads } = await collectGarbage()
      expect(threads).toBeGreaterThanOrEqual(2)
      worker.postMessage('is it gone?')
      expect(await once(worker, 'message')).toEqual([true])
    } finally {
      await worker.terminate()
    }
  },
)
