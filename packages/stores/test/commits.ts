import { createHash, randomBytes, randomInt } from 'node:crypto'
import { type FileToStore, keyFor, makeKeyStem } from '@sluice/core'

export const names = ['main', 'medium', 'thumb'] as const

/**
 * Three files of one commit that can be checked later without having been kept: each ends in its own hash.
 */
export function makeCommit(): readonly FileToStore[] {
  const stem = makeKeyStem(new Date())
  return names.map(name => {
    const content = randomBytes(randomInt(1000, 50_000))
    const bytes = Buffer.concat([content, createHash('sha256').update(content).digest()])
    return { key: keyFor(stem, name, 'webp'), bytes, type: 'image/webp' }
  })
}

export function isWhole(bytes: Uint8Array): boolean {
  const content = bytes.subarray(0, -32)
  return createHash('sha256').update(content).digest().equals(bytes.subarray(-32))
}
