import { table } from './terminal.mjs'

/** Ratios to the yardstick, before and after: only they can be compared between runs. A ratio that grew by more than `margin` is a regression. */
export function compareResults(before, after, margin) {
  const rows = []
  let regressions = 0
  for (const now of after.latency) {
    const then = before.latency.find(row => row.input === now.input && row.contender === now.contender)
    if (!now.ratio || !then?.ratio || now.contender === after.yardstick) continue
    const change = now.ratio.median / then.ratio.median - 1
    const worse =
      change > margin && after.contenders.some(({ id }) => id === now.contender && id.startsWith('sluice'))
    if (worse) regressions++
    rows.push([
      now.input,
      now.contender,
      then.ratio.median.toFixed(2),
      now.ratio.median.toFixed(2),
      `${change > 0 ? '+' : ''}${(change * 100).toFixed(0)} %`,
      worse ? 'slower' : '',
    ])
  }
  if (rows.length === 0) throw new Error('compare: the two results have no measurement in common')
  const head = `Ratios to ${after.yardstick}: ${before.date.slice(0, 10)} and now, margin ${(margin * 100).toFixed(0)} %`
  return { text: `${head}\n${table(['', '', 'then', 'now', 'change', ''], rows)}\n`, regressions }
}
