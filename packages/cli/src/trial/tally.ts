import type { Refused } from '../sanitize-file.js'
import type { Drawn } from './rival.js'
import type { Tried } from './try-file.js'

/** Files of one kind of end: how many, and some of their names. */
export interface Kind {
  readonly code: string
  /** What the first of them was told. */
  readonly message: string
  files: number
  readonly examples: string[]
}

export interface Disagreement {
  readonly file: string
  /** Undefined where it was accepted. */
  readonly ours: string | undefined
  readonly theirs: string | undefined
}

/** Two libraries over the same files. */
export interface Comparison {
  readonly name: string
  both: number
  oursAlone: number
  theirsAlone: number
  neither: number
  /** Of the files that both accept: sums. */
  readonly ours: { bytes: number; ms: number }
  readonly theirs: { bytes: number; ms: number }
  readonly disagreements: Disagreement[]
}

export interface Picture {
  readonly file: string
  readonly bytesIn: number
  readonly bytesOut: number
  readonly type: string
  readonly content: Uint8Array
}

/** What a trial says in the end: sums and examples, of a size that does not grow with the folder. */
export interface Summary {
  readonly files: number
  readonly accepted: number
  readonly refused: number
  /** Neither: what cannot be opened is no upload. */
  readonly unreadable: number
  /** Of the accepted ones; output with all variants. */
  readonly bytesIn: number
  readonly bytesOut: number
  readonly ms: {
    readonly total: number
    readonly median: number
    readonly p95: number
    readonly slowest: string
  }
  /** By their number, the most frequent first. */
  readonly refusals: readonly Kind[]
  readonly notes: readonly Kind[]
  readonly beside?: Comparison
  readonly pictures: readonly Picture[]
}

const maxExamples = 5
const maxDisagreements = 20
const maxPictures = 12
const maxPictureBytes = 96_000

/** Holds no result: a folder may be as large as it likes. */
export function startTally(rivalName?: string) {
  const counts = { files: 0, accepted: 0, refused: 0, unreadable: 0, bytesIn: 0, bytesOut: 0 }
  const refusals = new Map<string, Kind>()
  const notes = new Map<string, Kind>()
  const times: number[] = []
  const pictures: Picture[] = []
  const beside = rivalName === undefined ? undefined : startComparison(rivalName)
  let slowest = { file: '', ms: 0 }

  function add(tried: Tried): void {
    const { outcome } = tried
    const { file, ms } = outcome
    counts.files++
    if (!outcome.ok && isUnreadable(outcome)) {
      counts.unreadable++
      count(refusals, file, outcome)
      return
    }
    times.push(ms)
    if (ms > slowest.ms) slowest = { file, ms }
    if (beside && tried.beside) compare(beside, tried, tried.beside)
    if (!outcome.ok) {
      counts.refused++
      count(refusals, file, outcome)
      return
    }
    counts.accepted++
    counts.bytesIn += outcome.stored.input.bytes
    counts.bytesOut += bytesOf(outcome.stored)
    for (const note of outcome.stored.notes) count(notes, file, note)
    keepPicture(pictures, tried)
  }

  function summary(): Summary {
    const sorted = times.sort((one, other) => one - other)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    return {
      ...counts,
      ms: {
        total: Math.round(sorted.reduce((sum, ms) => sum + ms, 0)),
        median: at(0.5),
        p95: at(0.95),
        slowest: slowest.file,
      },
      refusals: byFrequency(refusals),
      notes: byFrequency(notes),
      ...(beside ? { beside } : {}),
      pictures,
    }
  }
  return { add, summary }
}

/** Nobody has refused what could not be opened. */
export function isUnreadable({ code }: Refused): boolean {
  return code === 'no-file'
}

function bytesOf(stored: { bytes: number; variants: Readonly<Record<string, { bytes: number }>> }): number {
  return Object.values(stored.variants).reduce((sum, { bytes }) => sum + bytes, stored.bytes)
}

function count(kinds: Map<string, Kind>, file: string, { code, message }: { code: string; message: string }) {
  const kind = kinds.get(code) ?? { code, message, files: 0, examples: [] }
  kinds.set(code, kind)
  kind.files++
  if (kind.examples.length < maxExamples) kind.examples.push(file)
}

function byFrequency(kinds: ReadonlyMap<string, Kind>): readonly Kind[] {
  return [...kinds.values()].sort((one, other) => other.files - one.files)
}

function keepPicture(pictures: Picture[], { outcome, picture }: Tried): void {
  if (!outcome.ok || !picture || picture.length > maxPictureBytes || pictures.length >= maxPictures) return
  const { stored, file } = outcome
  const { format, bytes, input } = stored
  pictures.push({ file, bytesIn: input.bytes, bytesOut: bytes, type: `image/${format}`, content: picture })
}

function startComparison(name: string): Comparison {
  const sums = () => ({ bytes: 0, ms: 0 })
  const counts = { both: 0, oursAlone: 0, theirsAlone: 0, neither: 0 }
  return { name, ...counts, ours: sums(), theirs: sums(), disagreements: [] }
}

function compare(sums: Comparison, { outcome }: Tried, drawn: Drawn): void {
  if (outcome.ok && drawn.ok) {
    sums.both++
    sums.ours.bytes += outcome.stored.bytes
    sums.ours.ms += outcome.ms
    sums.theirs.bytes += drawn.bytes
    sums.theirs.ms += drawn.ms
    return
  }
  if (!outcome.ok && !drawn.ok) {
    sums.neither++
    return
  }
  if (outcome.ok) sums.oursAlone++
  else sums.theirsAlone++
  if (sums.disagreements.length >= maxDisagreements) return
  sums.disagreements.push({
    file: outcome.file,
    ours: outcome.ok ? undefined : outcome.code,
    theirs: drawn.ok ? undefined : drawn.message,
  })
}
