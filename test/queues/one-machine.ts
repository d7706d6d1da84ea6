import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { keyring, newUploadId, type UploadResult } from '@sluice/core'
import { type Offer, signOffer } from '@sluice/stores/quarantine'
import { folderQuarantine } from '@sluice/stores/quarantine/fs'
import { Queue } from 'bullmq'
import { startRedis } from './redis-server.js'

const secrets = { current: 'a', secrets: { a: 'a'.repeat(32) } }

export type Told = UploadResult & { readonly peakMb: number }

/** A machine with a queue, a quarantine in a folder, and worker processes that draw with one thread each. */
export async function oneMachine(worker = new URL('worker.mjs', import.meta.url)) {
  const ring = keyring(secrets)
  const folder = mkdtempSync(join(tmpdir(), 'sluice-worker-'))
  const quarantine = folderQuarantine(join(folder, 'quarantine'), '/direct', ring)
  const redis = await startRedis()
  const queue = new Queue('uploads', { connection: redis.connection })
  const members: ChildProcess[] = []
  const told: Told[] = []
  let heard = () => {}

  return {
    /** @param under a command that the worker runs under */
    async hire(under: readonly string[] = []) {
      const settings = JSON.stringify({ redisPort: redis.port, folder, secrets })
      const [program = '', ...rest] = [...under, process.execPath, fileURLToPath(worker), settings]
      const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
      members.push(child)
      child.once('exit', () => heard())
      const lines = createInterface({ input: child.stdout })
      await once(lines, 'line')
      lines.on('line', line => {
        told.push(JSON.parse(line))
        heard()
      })
    },
    async send(file: Uint8Array) {
      const expires = new Date(Date.now() + 3_600_000).toISOString()
      const sha256 = createHash('sha256').update(file).digest('hex')
      const wish = { role: 'author', bytes: file.length, type: 'image/jpeg', sha256, expires }
      const offer: Offer = { ...newUploadId(ring), ...wish }
      await quarantine.take(offer, await signOffer(offer, ring), file)
      return offer.id
    },
    async enqueue(ids: readonly string[]) {
      await queue.addBulk(ids.map(id => ({ name: 'upload', data: { id }, opts: { jobId: id } })))
    },
    /** What workers have told, once it is so much. */
    async results(count: number): Promise<readonly Told[]> {
      while (told.length < count) {
        if (members.some(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null))
          throw new Error('a worker has ended')
        await new Promise<void>(resolve => {
          heard = resolve
        })
      }
      return told.splice(0)
    },
    async stop() {
      const living = members.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      const ended = living.map(member => once(member, 'exit'))
      for (const member of living) member.kill('SIGKILL')
      await Promise.all(ended)
      await queue.close()
      await redis.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
