/** @import { Result, Row } from '../types.js' */

/**
 * @type {readonly { measure: 'latency' | 'throughput' | 'memory' | 'coldStart', what: string, better: string }[]}
 */
const measures = [
  { measure: 'latency', what: 'Time', better: 'lower' },
  { measure: 'throughput', what: 'Images a second, all cores', better: 'higher' },
  { measure: 'memory', what: 'Peak memory of the process', better: 'lower' },
  { measure: 'coldStart', what: 'Start of a process to its first image', better: 'lower' },
]

/**
 * Rows of the contender in focus that have a ratio to the yardstick, with the words for their measure.
 * @param {Result} result
 */
export const headlineRows = result =>
  measures.flatMap(words =>
    /** @type {readonly Row[]} */ (result[words.measure] ?? [])
      .filter(row => row.contender === result.focus && row.ratio)
      .map(row => ({ ...words, row })),
  )

/**
 * What is told first: the contender in focus against the yardstick. A ratio on which two passes did not agree has no number.
 * @param {Result} result
 * @returns {{ title: string, ratio: string, meaning: string }[]}
 */
export function headline(result) {
  /** @param {string} id */
  const title = id => result.inputs.find(input => input.id === id)?.title ?? id
  return headlineRows(result).map(({ what, better, row }) => ({
    title: `${what}: ${title(row.input)}`,
    ratio: ratioText(row),
    meaning: `${better} is better`,
  }))
}

/** @param {Row} row */
export function ratioText(row) {
  if (!row.ratio) return ''
  if (row.unsettled) return `unsettled (${(row.passes ?? []).map(pass => pass.toFixed(2)).join(', ')})`
  return row.ratio.median.toFixed(2)
}

/**
 * Where the time of the contender in focus goes: shares of each stage, the most costly first.
 * @param {Result} result
 */
export function costliestStages(result) {
  return result.stages
    .filter(row => row.contender === result.focus)
    .map(({ input, stages }) => {
      /** @type {[stage: string, ms: number][]} */
      const ms = Object.entries(stages).map(([stage, { median }]) => [stage, median])
      const all = ms.reduce((sum, [, median]) => sum + median, 0)
      return {
        input,
        stages: ms
          .sort((a, b) => b[1] - a[1])
          .slice(0, 3)
          .map(([stage, median]) => ({ stage, ms: median, share: median / all })),
      }
    })
}

/**
 * Stages as a sentence: "render 93 %, commit 4 %, receive 2 %".
 * @param {{ stages: readonly { stage: string, share: number }[] }} row
 */
export const stagesText = ({ stages }) =>
  stages.map(({ stage, share }) => `${stage} ${(share * 100).toFixed(0)} %`).join(', ')

/**
 * The same codecs with and without our walls: time of jSquash in the sandbox over that of jSquash as documented.
 * @param {Result} result
 */
export function sandboxCost(result) {
  /** @param {string} input @param {string} id */
  const of = (input, id) =>
    result.latency.find(row => row.input === input && row.contender === id)?.ms?.median
  return result.inputs
    .map(({ id }) => ({
      input: id,
      ratio: (of(id, 'sluice-jsquash') ?? Number.NaN) / (of(id, 'jsquash') ?? Number.NaN),
    }))
    .filter(({ ratio }) => ratio > 0)
}
