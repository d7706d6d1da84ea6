import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256, verifyOutput } from '@sluice/core'

export const fixtures = fileURLToPath(new URL('../../../fixtures/files/', import.meta.url))

/** An animated GIF of two pixels in a hundred bytes; each number makes another one. */
export function tinyGif(number: number): Uint8Array {
  const frame = [0x21, 0xf9, 4, 4, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
  const colour = [number >> 16, (number >> 8) & 255, number & 255]
  return Uint8Array.from([
    ...Buffer.from('GIF89a'),
    ...[1, 0, 1, 0, 0xf0, 0, 0, ...colour, 0, 0, 0],
    ...[0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0],
    ...frame,
    ...frame,
    0x3b,
  ])
}

/** What a row says of it, but for its name and key. */
export async function factsOfTinyGif(number: number) {
  const bytes = tinyGif(number)
  const { width, height, frames } = verifyOutput(bytes)
  return { format: 'gif', width, height, frames, bytes: bytes.length, sha256: await sha256(bytes) } as const
}

/** A key that nothing is random in, so that tests can name it. */
export function keyOf(month: string, number: number, rest = '.gif'): string {
  const hex = Math.imul(number, 0x9e3779b1) >>> 0
  return `${month}/${hex.toString(16).padStart(8, '0')}${number.toString(16).padStart(24, '0')}${rest}`
}

/** Puts a file as a store would have, in the month of its key. */
export function put(folder: string, key: string, bytes: Uint8Array | string): string {
  const path = join(folder, key)
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
  writeFileSync(path, bytes, { mode: 0o644 })
  touch(path, key)
  return path
}

/** Of the fifteenth of the month of its key, where it has one. */
export function touch(path: string, key: string): void {
  if (!/^\d{6}/.test(key)) return
  const time = Date.UTC(Number(key.slice(0, 4)), Number(key.slice(4, 6)) - 1, 15) / 1000
  utimesSync(path, time, time)
}
