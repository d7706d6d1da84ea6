/**
 * In which rounds a contender takes part, spread evenly over all of them: those that the comparison is about (`focus`) in
 * every round, the others as often as their share of the time allows, at least once.
 * @param {{ ms: number, focus?: boolean | undefined, rounds: number, shareMs: number }} contender `ms` as its first run took
 * @returns {(round: number) => boolean}
 */
export function turns({ ms, focus, rounds, shareMs }) {
  const times = focus ? rounds : Math.min(rounds, Math.max(1, Math.floor(shareMs / ms)))
  return round => Math.floor(((round + 1) * times) / rounds) > Math.floor((round * times) / rounds)
}

/**
 * How often a contender runs in each of its turns. Between two in focus of which one takes ten times as long, a turn of the
 * faster is a snapshot against the other's average of the same seconds: so it goes again until it has had half as long as
 * the slowest of them. The others go once.
 * @param {{ focus?: boolean, first: { ms: number } }} contender
 * @param {readonly { focus?: boolean, first: { ms: number } }[]} all who take turns
 */
export function runsPerTurn({ focus, first }, all) {
  if (!focus) return 1
  const slowest = Math.max(...all.filter(each => each.focus).map(each => each.first.ms))
  return Math.max(1, Math.floor(slowest / 2 / first.ms))
}

/**
 * As many rounds as those in focus can do in `focusMs`, odd: a median that is one of the values.
 * @param {readonly { focus?: boolean, first: { ms: number } }[]} contenders
 * @param {{ rounds: number, mostRounds: number, focusMs: number }} bounds
 */
export function roundsFor(contenders, { rounds, mostRounds, focusMs }) {
  const inFocus = contenders.filter(({ focus }) => focus)
  const ms = inFocus.reduce((sum, each) => sum + each.first.ms * runsPerTurn(each, inFocus), 0)
  return Math.max(rounds, Math.min(mostRounds, Math.floor(focusMs / ms / 2) * 2 + 1))
}
