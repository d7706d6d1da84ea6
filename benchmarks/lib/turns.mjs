/**
 * In which rounds a contender takes part, spread evenly over all of them: those that the comparison is about (`focus`) in
 * every round, the others as often as their share of the time allows, at least once.
 * @param {{ ms: number, focus?: boolean, rounds: number, shareMs: number }} contender `ms` as its first run took
 * @returns {(round: number) => boolean}
 */
export function turns({ ms, focus, rounds, shareMs }) {
  const times = focus ? rounds : Math.min(rounds, Math.max(1, Math.floor(shareMs / ms)))
  return round => Math.floor(((round + 1) * times) / rounds) > Math.floor((round * times) / rounds)
}

/** As many rounds as those in focus can do in `focusMs`, odd: a median that is one of the values. */
export function roundsFor(contenders, { rounds, mostRounds, focusMs }) {
  const ms = contenders.reduce((sum, { focus, first }) => sum + (focus ? first.ms : 0), 0)
  return Math.max(rounds, Math.min(mostRounds, Math.floor(focusMs / ms / 2) * 2 + 1))
}
