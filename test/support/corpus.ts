import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = new URL('../../../shared/corpus/', import.meta.url)

/** One entry of cases.json; what each field means is in the README beside it. */
export interface Case {
  readonly file: string
  readonly group: string
  readonly expect?: 'accept' | 'reject' | 'skip'
  readonly detected?: string
  readonly size: readonly [number, number]
  readonly frames: number
  readonly thumb8: string
  readonly srgb_thumb8?: string
  readonly out_thumb8?: string
  readonly icc_shift?: number
  readonly markers?: readonly string[]
}

/** The corpus is not part of the repository: it may be missing on a developer's machine, never in CI. */
export const corpusIsHere = existsSync(root)
if (!corpusIsHere) {
  if (process.env.CI) throw new Error(`the corpus is missing: ${fileURLToPath(root)}`)
  console.warn(`\n*** NOT TESTED: the corpus is missing, ${fileURLToPath(root)} ***\n`)
}

export const cases: readonly Case[] = corpusIsHere
  ? JSON.parse(readFileSync(new URL('cases.json', root), 'utf8'))
  : []

/** Names in the corpus hold `#`, `?` and `%`. */
export const placeOf = ({ file }: Case) => new URL(file.split('/').map(encodeURIComponent).join('/'), root)
export const bytesOf = (entry: Case) => new Uint8Array(readFileSync(placeOf(entry)))

const extensions: Readonly<Record<string, string>> = {
  JPEG: '.jpg',
  MPO: '.jpg',
  PNG: '.png',
  GIF: '.gif',
  WEBP: '.webp',
}

/** A name with the extension of the content: some files carry another. */
export const nameOf = ({ file, detected }: Case) => `upload${extensions[detected ?? ''] ?? extname(file)}`
