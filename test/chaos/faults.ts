import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault as S3Fault, startFakeS3 } from '../../packages/stores/test/fake-s3.js'
import type { startRedis } from '../queues/redis-server.js'
import type { Served } from './served.js'

/** What a fault can lay hands on. */
export interface Scene {
  readonly server: Served
  readonly redis: Awaited<ReturnType<typeof startRedis>>
  /** Where the folder store lies. */
  readonly home: string
  readonly s3: Awaited<ReturnType<typeof startFakeS3>> | undefined
}

export interface Fault {
  readonly name: string
  readonly store: 'folder' | 'bucket'
  /** Makes the home what it has to be for this, and ends that. */
  readonly prepare?: (home: string) => () => void
  /** A command that the server runs under, until it is started again. */
  readonly under?: () => readonly string[]
  /** @returns what ends it */
  begin(scene: Scene): Promise<() => Promise<void>>
}

/** What is random is the point: nothing is waited for. */
export const pause = (mostMs: number) => new Promise<void>(resolve => setTimeout(resolve, randomInt(mostMs)))

const hour = 3_600_000
const oneOf = <Value>(list: readonly [Value, ...Value[]]): Value => list[randomInt(list.length)] ?? list[0]

/** A disk of 3 MiB. */
function smallDisk(home: string) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', home])
  return () => void execFileSync('umount', ['--lazy', home])
}

/** Every second or so of what a store asks of a file system fails, by the kernel's own account. */
function failingDisk() {
  const calls = 'fsync,rename,mkdir,unlink,?link,?linkat'
  const when = `when=${randomInt(1, 8)}+${randomInt(2, 5)}`
  return [
    'strace',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:error=EIO:${when}`,
  ]
}

const s3 = (name: string, faults: readonly [S3Fault, ...S3Fault[]]): Fault => ({
  name: `the bucket ${name}`,
  store: 'bucket',
  async begin({ s3 }) {
    if (!s3) throw new Error('there is no bucket')
    s3.control.fault = () => (randomInt(2) === 0 ? oneOf(faults) : undefined)
    return async () => {
      s3.control.fault = () => undefined
    }
  },
})

/** Each in turn. */
export const faults: readonly [Fault, ...Fault[]] = [
  {
    name: 'the process is killed',
    store: 'folder',
    async begin({ server }) {
      await server.kill()
      return () => server.start()
    },
  },
  {
    name: 'the workers are killed',
    store: 'folder',
    async begin({ server }) {
      server.say('worker')
      return async () => {}
    },
  },
  {
    name: 'the process is stopped',
    store: 'folder',
    async begin({ server }) {
      server.signal('SIGSTOP')
      return async () => {
        await pause(1500)
        server.signal('SIGCONT')
      }
    },
  },
  {
    name: 'the disk is full',
    store: 'folder',
    prepare: smallDisk,
    async begin({ home }) {
      const { bavail, bsize } = statfsSync(home)
      const filler = join(home, 'filler')
      // Nothing is left, or enough for a part of a commit.
      try {
        writeFileSync(filler, new Uint8Array(Math.max(0, bavail - randomInt(8)) * bsize))
      } catch (error) {
        // The server, which goes on writing, took some of it: the disk is full all the same.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
      return async () => rmSync(filler)
    },
  },
  {
    name: 'the disk fails (EIO)',
    store: 'folder',
    under: failingDisk,
    async begin({ server }) {
      return async () => {
        await server.kill()
        await server.start()
      }
    },
  },
  {
    name: 'the Redis is gone',
    store: 'folder',
    async begin({ redis }) {
      await redis.kill()
      return () => redis.start()
    },
  },
  {
    name: 'the clock jumps',
    store: 'folder',
    async begin({ server }) {
      server.say(`clock ${oneOf([hour, -hour, 25 * hour, -25 * hour, 24 * 40 * hour])}`)
      return async () => {}
    },
  },
  s3('answers 500', [500]),
  s3('answers 409', [409]),
  s3('says nothing', ['silent']),
  s3('breaks off', ['cut', 'lost']),
  {
    name: 'the process is killed, with a bucket',
    store: 'bucket',
    async begin({ server }) {
      await server.kill()
      return () => server.start()
    },
  },
]
