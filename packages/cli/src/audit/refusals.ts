import { isErrno } from '@sluice/stores/fs/durable'
import { linesOf } from '../lists/read-lines.js'
import { UsageError } from '../terminal.js'

/** What a log says of uploads. */
export interface Refusals {
  accepted: number
  refused: number
  readonly codes: Record<string, number>
  /** Lines that are no event of an upload. */
  others: number
}

/** There are some sixty; a log could be somebody else's. */
const mostCodes = 500
const codeGrammar = /^[a-z0-9-]{1,40}$/

/**
 * Counts the events of a log: one JSON object a line, as `onEvent` gives them, or with the event in a field of its own as
 * loggers write it.
 * @throws UsageError where it cannot be read
 */
export async function countRefusals(path: string): Promise<Refusals> {
  const refusals: Refusals = { accepted: 0, refused: 0, codes: {}, others: 0 }
  try {
    for await (const line of linesOf(path)) addLine(refusals, line)
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT', 'EACCES', 'EISDIR', 'EPERM')) throw thrown
    throw new UsageError(`the log could not be read: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
  return refusals
}

function addLine(refusals: Refusals, line: string): void {
  const { event, code } = eventOf(line) ?? {}
  if (event === 'upload.accepted') refusals.accepted++
  else if (event === 'upload.refused' && typeof code === 'string' && codeGrammar.test(code)) {
    refusals.refused++
    const { codes } = refusals
    const known = Object.hasOwn(codes, code) || Object.keys(codes).length < mostCodes ? code : 'others'
    codes[known] = (codes[known] ?? 0) + 1
  } else refusals.others++
}

interface Line {
  readonly event?: unknown
  readonly code?: unknown
}

function eventOf(line: string): Line | undefined {
  if (!line.includes('"upload.')) return undefined
  try {
    const whole: unknown = JSON.parse(line)
    const parts = [whole, ...Object.values(Object(whole))] as readonly (Line | null)[]
    return parts.find(part => typeof part?.event === 'string') ?? undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}
