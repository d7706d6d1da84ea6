/** @import { Input, Row, Summary, TakePart } from '../types.js' */

/**
 * A ratio is told only when two passes over all inputs, some minutes apart, agree on it. Inputs on which they do not are
 * measured again, at most `passes` times in all; what still moves is marked as unsettled and printed as such. The first
 * pass is of all contenders, the others only of those that the headline compares.
 * @template {{ id: string }} Input
 * @template {Row & { cannot?: string | undefined }} Measured
 * @param {(inputs: readonly Input[], takePart: TakePart) => Promise<Measured[]>} pass measures the inputs once, as
 *   latency.mjs does, with those contenders that take part
 * @param {object} settings
 * @param {readonly Input[]} settings.inputs
 * @param {string} settings.focus the contender whose ratios are the headline
 * @param {number} settings.margin
 * @param {number} settings.passes
 * @param {(text: string) => void} settings.log
 * @returns {Promise<Measured[]>}
 */
export async function settle(pass, { inputs, focus, margin, passes, log }) {
  /** By input, pass by pass: the rows by contender. @type {Map<string, Map<string, Measured>[]>} */
  const history = new Map(inputs.map(({ id }) => [id, []]))
  let open = inputs
  for (let turn = 0; turn < passes && open.length > 0; turn++) {
    const rows = await pass(open, turn === 0 ? everybody : inFocus)
    for (const { id } of open)
      history.get(id)?.push(new Map(rows.filter(row => row.input === id).map(row => [row.contender, row])))
    if (turn === 0) continue
    open = open.filter(({ id }) => !agree(history.get(id) ?? [], focus, margin))
    if (open.length > 0)
      log(
        `two passes disagree by more than ${margin * 100} % on ${open.map(({ id }) => id).join(', ')}${turn + 1 < passes ? ': once more' : ''}`,
      )
  }
  const unsettled = new Set(open.map(({ id }) => id))
  return [...history].flatMap(([id, runs]) => join(runs, passes > 1 && unsettled.has(id)))
}

/** @type {TakePart} */
const everybody = contenders => [...contenders]
/** @type {TakePart} */
const inFocus = contenders => contenders.filter(contender => contender.focus)

/** @param {readonly ReadonlyMap<string, Row>[]} runs @param {string} focus @param {number} margin */
function agree(runs, focus, margin) {
  const [a, b] = runs.slice(-2).map(rows => rows.get(focus)?.ratio?.median)
  return a === undefined || b === undefined || Math.max(a, b) / Math.min(a, b) <= 1 + margin
}

/**
 * Each contender's last two passes as one row: the mean of their medians, the wider of their spreads.
 * @template {Row & { cannot?: string | undefined }} Measured
 * @param {readonly ReadonlyMap<string, Measured>[]} runs
 * @param {boolean} unsettled
 * @returns {Measured[]}
 */
function join(runs, unsettled) {
  return [...(runs[0]?.keys() ?? [])].map(contender => {
    const all = runs.flatMap(rows => rows.get(contender) ?? []).slice(-2)
    const row = all.find(each => each.cannot) ?? all[0]
    if (row.cannot) return row
    const ratios = all.flatMap(({ ratio }) => ratio?.median ?? [])
    return {
      ...row,
      ...merged(all),
      ...(all.length > 1 && row.ratio ? { passes: ratios } : {}),
      ...(unsettled ? { unsettled } : {}),
    }
  })
}

/**
 * The summaries among the values of rows, by name.
 * @param {readonly Row[]} rows
 * @returns {Record<string, Summary>}
 */
function merged(rows) {
  const names = Object.entries(rows[0]).flatMap(([name, value]) => (isSummary(value) ? [name] : []))
  return Object.fromEntries(
    names.map(name => {
      const summaries = rows.flatMap(row => Object.entries(row).find(([key]) => key === name)?.[1] ?? [])
      return [name, merge(summaries.filter(isSummary))]
    }),
  )
}

/** @param {unknown} value @returns {value is Summary} */
function isSummary(value) {
  return typeof value === 'object' && value !== null && 'median' in value
}

/** @param {readonly Summary[]} summaries @returns {Summary} */
function merge(summaries) {
  return {
    median: summaries.reduce((sum, { median }) => sum + median, 0) / summaries.length,
    low: Math.min(...summaries.map(({ low }) => low)),
    high: Math.max(...summaries.map(({ high }) => high)),
    rounds: summaries.reduce((sum, { rounds }) => sum + rounds, 0),
  }
}
