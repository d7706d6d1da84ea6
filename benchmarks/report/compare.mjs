import { table } from './terminal.mjs'

/** @import { Result, Row } from '../types.js' */

/**
 * Ratios to the yardstick, before and after: only they can be compared between runs. One of ours that got worse by more than
 * `margin` is a regression: a time or a memory that grew, a throughput that shrank. What was unsettled is not compared.
 * @param {Result} before @param {Result} after @param {number} margin
 */
export function compareResults(before, after, margin) {
  const rows = []
  let regressions = 0
  for (const { measure, worse } of measures) {
    for (const now of after[measure] ?? []) {
      /** @type {Row | undefined} */
      const then = before[measure]?.find(
        (/** @type {Row} */ row) => row.input === now.input && row.contender === now.contender,
      )
      if (!now.ratio || !then?.ratio || now.contender === after.yardstick || now.unsettled || then.unsettled)
        continue
      const change = worse(now.ratio.median / then.ratio.median)
      const regression =
        change > 1 + margin && after.contenders.some(({ id, ours }) => ours && id === now.contender)
      if (regression) regressions++
      rows.push([
        measure,
        now.input,
        now.contender,
        then.ratio.median.toFixed(2),
        now.ratio.median.toFixed(2),
        `${change > 1 ? '+' : ''}${((change - 1) * 100).toFixed(0)} %`,
        regression ? 'worse' : '',
      ])
    }
  }
  if (rows.length === 0) throw new Error('compare: the two results have no measurement in common')
  const head = `Ratios to ${after.yardstick}: ${before.date.slice(0, 16)} and now, margin ${(margin * 100).toFixed(0)} %`
  return { text: `${head}\n${table(['', '', '', 'then', 'now', 'change', ''], rows)}\n`, regressions }
}

/** @type {{ measure: 'latency' | 'memory' | 'coldStart' | 'throughput', worse(change: number): number }[]} */
const measures = [
  { measure: 'latency', worse: change => change },
  { measure: 'memory', worse: change => change },
  { measure: 'coldStart', worse: change => change },
  { measure: 'throughput', worse: change => 1 / change },
]
