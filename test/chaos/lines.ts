import type { Round } from './chaos.js'

/** A line of the results tells of so many faults: a long run may be stopped at any time. */
export const linesEvery = 12

/** What came of some faults, as it is stored. */
export interface Line {
  readonly date: string
  readonly node: string
  readonly faults: Readonly<Record<string, number>>
  readonly accepted: number
  /** Uploads that nobody said anything about. */
  readonly lost: number
  readonly statuses: Readonly<Record<string, number>>
  readonly problems: readonly string[]
}

export function lineOf(rounds: readonly Round[]): Line {
  const faults: Record<string, number> = {}
  const statuses: Record<string, number> = {}
  for (const round of rounds) {
    faults[round.fault] = (faults[round.fault] ?? 0) + 1
    for (const [status, times] of Object.entries(round.statuses))
      statuses[status] = (statuses[status] ?? 0) + times
  }
  return {
    date: new Date().toISOString(),
    node: process.version,
    faults,
    accepted: rounds.reduce((sum, { accepted }) => sum + accepted, 0),
    lost: rounds.reduce((sum, { lost }) => sum + lost, 0),
    statuses,
    problems: rounds.flatMap(({ problems }) => problems),
  }
}
