import { type ChildProcess, spawn } from 'node:child_process'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { pngChunk, pngSignature } from '@sluice/testkit/images/png'
import { be32, join } from '../../fixtures/make/bytes.mjs'

export interface Served {
  readonly port: number
  readonly child: ChildProcess
  /** What it said on stderr so far. */
  said(): string
  /** Resolves when so many images have come whole; only of a server with `pool`. */
  came(images: number): Promise<void>
}

/** Starts server.mjs in a process of its own, under a command where one is given. */
export async function serve(options: object = {}, under: readonly string[] = []): Promise<Served> {
  const script = fileURLToPath(new URL('server.mjs', import.meta.url))
  const [program = '', ...args] = [...under, process.execPath, script, JSON.stringify(options)]
  // Not the conditions of the test runner, which would lead to the sources.
  const child = spawn(program, args, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const until = (there: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => there() && resolve()
      child.stdout.on('data', look)
      child.on('exit', code => reject(new Error(`the server ended with ${code}: ${stderr}`)))
      look()
    })
  await until(() => /PORT \d+\n/.test(stdout))
  return {
    port: Number(/PORT (\d+)/.exec(stdout)?.[1]),
    child,
    said: () => stderr,
    came: images => until(() => stdout.split('CAME').length > images),
  }
}

export interface Asked {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | undefined
}

/** A request from a loopback address, 127.0.0.`host`. */
function open(port: number, path: string, host: number, bytes?: number) {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': bytes }
  return request({
    host: '127.0.0.1',
    localAddress: `127.0.0.${host}`,
    port,
    path,
    agent: false,
    ...(bytes === undefined ? {} : { method: 'POST', headers }),
  })
}

/** @param body `announced` for one of 8 MB of which nothing is sent */
export function ask(
  port: number,
  path: string,
  host: number,
  body?: Uint8Array | 'announced',
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const outgoing = open(port, path, host, body === 'announced' ? 8_000_000 : body?.length)
    outgoing.on('error', reject)
    outgoing.on('response', response => {
      const { statusCode = 0, headers } = response
      let text = ''
      response.on('error', reject)
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => {
        resolve({ status: statusCode, text, retryAfter: headers['retry-after'] })
        outgoing.destroy()
      })
    })
    if (body === 'announced') outgoing.flushHeaders()
    else outgoing.end(body)
  })
}

/** Sends a picture and hangs up as soon as all of it is on its way. */
export function hangUp(port: number, host: number, body: Uint8Array): Promise<void> {
  return new Promise(resolve => {
    const outgoing = open(port, '/images', host, body.length)
    outgoing.on('error', () => resolve())
    outgoing.on('close', () => resolve())
    outgoing.end(body, () => outgoing.destroy())
  })
}

/**
 * An animated PNG of a few frames, again and again, each with some noise: all of the canvas is drawn for
 * each.
 */
export function makeApng(width: number, height: number, frames: number): Uint8Array {
  const size = [...be32(width), ...be32(height)]
  const pictures = Array.from({ length: 4 }, (_, seed) => deflateSync(noisyRows(width, height, seed)))
  let sequence = 0
  const chunks = Array.from({ length: frames }, (_, frame) => {
    const picture = pictures[frame % pictures.length] ?? []
    const control = [...be32(sequence++), ...size, ...be32(0), ...be32(0), 0, 10, 0, 100, 0, 0]
    const data = frame === 0 ? pngChunk('IDAT', picture) : pngChunk('fdAT', join(be32(sequence++), picture))
    return join(pngChunk('fcTL', control), data)
  })
  return join(
    pngSignature,
    pngChunk('IHDR', [...size, 8, 2, 0, 0, 0]),
    pngChunk('acTL', [...be32(frames), ...be32(0)]),
    ...chunks,
    pngChunk('IEND', []),
  )
}

/** One sample in a hundred is noise. */
function noisyRows(width: number, height: number, seed: number): Uint8Array {
  const stride = width * 3 + 1
  let random = seed + 1
  return Uint8Array.from({ length: stride * height }, (_, at) => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
    // The first byte of a row is its filter.
    if (at % stride === 0) return 0
    return at % 97 === 0 ? (random >>> 16) & 255 : 60 * seed
  })
}
