// The corpus of real and hostile files beside the repository; see its README for the fields and the thumb rule.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface CorpusCase {
  readonly file: string
  readonly group: string
  readonly expect: 'accept' | 'reject' | 'skip'
  /** Upright, and shrunk into 1600x1600. */
  readonly size?: [number, number]
  readonly in_size?: [number, number]
  readonly frames?: number
  readonly exif_orientation?: number
  readonly thumb8?: string
  readonly features?: string
}

const root = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url))

/** All cases; empty, with a loud line, where the corpus is not there. In CI that is an error. */
export function corpusCases(): readonly CorpusCase[] {
  if (existsSync(root)) return JSON.parse(readFileSync(`${root}cases.json`, 'utf8'))
  if (process.env.CI) throw new Error(`the corpus is missing: ${root}`)
  console.warn(`\n!!! NO CORPUS at ${root}: ITS TESTS CHECK NOTHING HERE !!!\n`)
  return []
}

export function corpusFile({ file }: CorpusCase): Uint8Array {
  return readFileSync(root + file)
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8
}

export function isPng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('hex') === '89504e47'
}

export function isGif(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'GIF8'
}
