// Who comes when, with what: pure, and the same for every contender.
import { generator } from '@sluice/testkit/mutate/bytes'

/** @import { FloodFile } from './files.mjs' */

/**
 * How a client behaves: sends all, a few bytes a second, or half and hangs up.
 * @typedef {'whole' | 'slow' | 'cut'} Client
 */
/** @typedef {{ file: number, client: Client }} Visit the file is an index */
/** @typedef {Visit & { at: number }} Arrival milliseconds from the start */

export const shares = { hostile: 0.1, slow: 0.02, cut: 0.02 }
const seed = 25

/**
 * One visit after the other, never ending.
 * @param {readonly Pick<FloodFile, 'kind' | 'weight'>[]} files
 * @param {Partial<typeof shares>} [given]
 * @returns {() => Visit}
 */
export function visits(files, given = {}) {
  const { hostile, slow, cut } = { ...shares, ...given }
  const random = generator(seed)
  const good = drawer(files, 'good')
  const bad = hostile > 0 ? drawer(files, 'hostile') : good
  return () => {
    const draw = random.next()
    const file = (random.chance(hostile) ? bad : good)(random.next())
    return { file, client: draw < slow ? 'slow' : draw < slow + cut ? 'cut' : 'whole' }
  }
}

/**
 * At a fixed rate, however many are still being answered (an open model): who waits makes nobody come later.
 * @param {readonly Pick<FloodFile, 'kind' | 'weight'>[]} files
 * @param {{ perSecond: number, seconds: number, since?: number }} flood those who came before are left out
 * @returns {readonly Arrival[]}
 */
export function arrivals(files, { perSecond, seconds, since = 0 }) {
  const next = visits(files)
  for (let past = 0; past < since; past++) next()
  const count = Math.max(1, Math.floor(perSecond * seconds))
  return Array.from({ length: count }, (_, n) => ({ at: (n * 1000) / perSecond, ...next() }))
}

/**
 * Picks by weight among those of a kind, from a number below 1.
 * @param {readonly Pick<FloodFile, 'kind' | 'weight'>[]} files @param {FloodFile['kind']} kind
 */
function drawer(files, kind) {
  /** @type {{ index: number, below: number }[]} */
  const steps = []
  let sum = 0
  for (const [index, file] of files.entries())
    if (file.kind === kind) {
      sum += file.weight
      steps.push({ index, below: sum })
    }
  const last = steps.at(-1)
  if (!last) throw new Error(`no ${kind} files to send`)
  /** @param {number} draw */
  return draw => (steps.find(({ below }) => draw * sum < below) ?? last).index
}
