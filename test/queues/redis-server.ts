import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

// Of Debian's package redis-server.
const program = '/usr/bin/redis-server'

/** A Redis of its own that writes down every command, to be killed and started again. */
export async function startRedis() {
  if (!existsSync(program)) throw new Error(`${program} is missing: install the packages of .ci/packages`)
  const folder = mkdtempSync(join(tmpdir(), 'sluice-redis-'))
  const port = await freePort()
  const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction']
  let server: ChildProcess

  async function start() {
    server = spawn(program, [...flags, ...durable], { stdio: 'ignore' })
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 20, maxRetriesPerRequest: null })
    client.on('error', () => {})
    // Answered once the log of commands was read.
    while ((await client.ping().catch(() => '')) !== 'PONG');
    client.disconnect()
  }
  async function kill() {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    port,
    connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null },
    start,
    kill,
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}
