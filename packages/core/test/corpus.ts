import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Real and hostile files of other projects, kept beside the repository; see its README for the fields. */
const root = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url))

export interface CorpusCase {
  readonly file: string
  readonly group: string
  readonly expect?: 'accept' | 'reject' | 'skip'
  /** As stored. */
  readonly in_size?: readonly [number, number]
  /** Upright, inside 1600 x 1600. */
  readonly size?: readonly [number, number]
  readonly exif_orientation?: number
  readonly frames?: number
  readonly detected?: string
}

/** False only outside CI, and said aloud: a missing corpus must not look like a passed test. */
export const corpusIsHere = existsSync(root)
if (!corpusIsHere) {
  if (process.env.CI) throw new Error('the corpus is missing')
  console.warn('NOT TESTED: ../shared/corpus is not there')
}

export function corpusPath(file: string): string {
  return join(root, file)
}
export function readCorpus(file: string): Buffer {
  return readFileSync(corpusPath(file))
}

export function corpusCases(): readonly CorpusCase[] {
  const cases = JSON.parse(readCorpus('cases.json').toString()) as CorpusCase[]
  if (cases.length !== 1559) throw new Error(`the corpus has ${cases.length} files, not 1559`)
  return cases
}
