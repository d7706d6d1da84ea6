/**
 * A ratio is told only when two passes over all inputs, some minutes apart, agree on it. Inputs on which they do not are
 * measured again, at most `passes` times in all; what still moves is marked as unsettled and printed as such. The first
 * pass is of all contenders, the others only of those that the headline compares.
 * @param {(inputs: readonly { id: string }[], takePart: typeof everybody) => Promise<object[]>} pass measures the inputs
 *   once, as latency.mjs does, with those contenders that take part
 * @param {{ inputs: readonly { id: string }[], focus: string, margin: number, passes: number, log: (text: string) => void }} settings
 *   `focus`: the contender whose ratios are the headline
 */
export async function settle(pass, { inputs, focus, margin, passes, log }) {
  const history = new Map(inputs.map(({ id }) => [id, []]))
  let open = inputs
  for (let turn = 0; turn < passes && open.length > 0; turn++) {
    const rows = await pass(open, turn === 0 ? everybody : inFocus)
    for (const { id } of open)
      history.get(id).push(new Map(rows.filter(row => row.input === id).map(row => [row.contender, row])))
    if (turn === 0) continue
    open = open.filter(({ id }) => !agree(history.get(id), focus, margin))
    if (open.length > 0)
      log(
        `two passes disagree by more than ${margin * 100} % on ${open.map(({ id }) => id).join(', ')}${turn + 1 < passes ? ': once more' : ''}`,
      )
  }
  const unsettled = new Set(open.map(({ id }) => id))
  return [...history].flatMap(([id, runs]) => join(runs, passes > 1 && unsettled.has(id)))
}

const everybody = contenders => contenders
const inFocus = contenders => contenders.filter(contender => contender.focus)

function agree(runs, focus, margin) {
  const [a, b] = runs.slice(-2).map(rows => rows.get(focus)?.ratio?.median)
  return a === undefined || Math.max(a, b) / Math.min(a, b) <= 1 + margin
}

/** Each contender's last two passes as one row: the mean of their medians, the wider of their spreads. */
function join(runs, unsettled) {
  return [...runs[0].keys()].map(contender => {
    const all = runs
      .map(rows => rows.get(contender))
      .filter(Boolean)
      .slice(-2)
    const row = all[0]
    if (all.some(each => each.cannot)) return all.find(each => each.cannot)
    const summaries = Object.keys(row).filter(key => row[key]?.median !== undefined)
    return {
      ...row,
      ...Object.fromEntries(summaries.map(key => [key, merge(all.map(each => each[key]))])),
      ...(all.length > 1 && row.ratio ? { passes: all.map(each => each.ratio.median) } : {}),
      ...(unsettled ? { unsettled } : {}),
    }
  })
}

function merge(summaries) {
  return {
    median: summaries.reduce((sum, { median }) => sum + median, 0) / summaries.length,
    low: Math.min(...summaries.map(({ low }) => low)),
    high: Math.max(...summaries.map(({ high }) => high)),
    rounds: summaries.reduce((sum, { rounds }) => sum + rounds, 0),
  }
}
