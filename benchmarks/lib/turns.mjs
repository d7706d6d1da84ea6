/**
 * In which rounds a contender takes part, spread evenly over all of them: those that the comparison is about (`focus`) in
 * every round, the others as often as their share of the time allows, at least once.
 * @param {{ ms: number, focus: boolean, rounds: number, shareMs: number }} contender `ms` as its first run took
 * @returns {(round: number) => boolean}
 */
export function turns({ ms, focus, rounds, shareMs }) {
  const times = focus ? rounds : Math.min(rounds, Math.max(1, Math.floor(shareMs / ms)))
  return round => Math.floor(((round + 1) * times) / rounds) > Math.floor((round * times) / rounds)
}
