// Ten seconds of a crowd. Those in which it was late itself say nothing of the server; those beside them do.

/** @import { Outcome } from './generator.mjs' */

/**
 * @typedef {object} Window
 * @property {number} seconds that it lasts
 * @property {number} lag milliseconds by which the latest came, or asked, later than it was due
 * @property {number} asked of the neighbour
 * @property {number} failed no answer in ten seconds, or none at all
 * @property {number[]} times milliseconds from when it was due, of those that were answered
 */
/** @typedef {Window & { outcomes: readonly Outcome[] }} Counted */

export const mostLagMs = 10

const windowMs = 10_000

/** @param {number} seconds @returns {Window[]} */
export const openWindows = seconds =>
  Array.from({ length: Math.max(1, Math.ceil((seconds * 1000) / windowMs)) }, (_, index) => ({
    seconds: Math.min(windowMs, seconds * 1000 - index * windowMs) / 1000,
    lag: 0,
    asked: 0,
    failed: 0,
    times: [],
  }))

/**
 * What comes after the last belongs to it.
 * @param {readonly Window[]} windows @param {number} at milliseconds
 */
export const windowAt = (windows, at) =>
  /** @type {Window} */ (windows[Math.min(Math.floor(at / windowMs), windows.length - 1)])

/**
 * Those that count of a crowd, and who came in them.
 * @param {{ windows: readonly Window[], outcomes: readonly Outcome[] }} report
 * @param {(window: Window) => boolean} counts
 * @returns {Counted[]} when somebody came is from the start of the window
 */
export function countedOf({ windows, outcomes }, counts) {
  const all = windows.map((window, index) => {
    const start = index * windowMs
    const who = outcomes.filter(({ at }) => windowAt(windows, at) === window)
    return { ...window, outcomes: who.map(outcome => ({ ...outcome, at: outcome.at - start })) }
  })
  return all.filter(counts)
}
