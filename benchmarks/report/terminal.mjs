import { costliestStages, headline, ratioText, sandboxCost, stagesText } from './headline.mjs'

/** @import { ColdStartRow, LatencyRow, Result } from '../types.js' */

/**
 * The result as tables of plain text, ratios first: milliseconds belong to one machine, ratios travel better.
 * @param {Result} result
 */
export function terminalReport(result) {
  const who = new Map(result.contenders.map(({ id, label }) => [id, label]))
  /** @param {string} id */
  const label = id => who.get(id) ?? id
  /** @param {string} id */
  const title = id => result.inputs.find(input => input.id === id)?.title ?? id
  const { job, machine } = result
  const parts = [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${result.date.slice(0, 10)}${result.quick ? ', a quick run' : ''}`,
    `Decode, orient, fit ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality} effort ${job.effort}. Median ms (quartiles), ratio to ${label(result.yardstick)}.`,
  ]
  /** @param {string} name @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
  const add = (name, head, rows) => rows.length > 0 && parts.push(`${name}\n${table(head, rows)}`)

  for (const input of result.inputs.filter(one => one.roles.includes('latency'))) {
    const rows = result.latency.filter(row => row.input === input.id)
    add(
      input.title,
      ['', 'ms', 'quartiles', 'ratio', 'kB out'],
      rows.map(row => latencyRow(label(row.contender), row)),
    )
  }
  /** @param {{ input: string, contender: string }} row */
  const both = row => [title(row.input), label(row.contender)]
  add(
    'Peak memory',
    ['', '', 'process', 'WASM', 'ratio'],
    result.memory.map(row => [
      ...both(row),
      ...(row.cannot !== undefined
        ? [row.cannot, '', '']
        : [mib(row.peak.median), row.wasm ? mib(row.wasm) : '', ratioText(row)]),
    ]),
  )
  add(
    'Images a second, all cores',
    ['', '', '1/s', 'ratio'],
    result.throughput.map(row => [...both(row), row.perSecond.median.toFixed(2), ratioText(row)]),
  )
  add(
    'First image of a new process',
    ['', 'ms', 'ratio'],
    result.coldStart.map(row => [contenderOrWorker(label, row), row.ms.median.toFixed(0), ratioText(row)]),
  )
  add(
    'Files that must be refused',
    ['', '', 'ms', 'kB read', 'verdict'],
    result.refusals.map(row => [
      ...both(row),
      ...(row.cannot !== undefined ? ['', '', row.cannot] : [row.ms.toFixed(1), kb(row.read), row.verdict]),
    ]),
  )
  add(
    'Quality against the lossless resize',
    ['', '', 'kB', 'SSIM dB', 'SSIMULACRA2', 'thumb'],
    result.quality.map(row => [
      ...both(row),
      kb(row.bytes),
      ...(row.cannot !== undefined
        ? [row.cannot, '', '']
        : [row.ssim.toFixed(2), row.ssimulacra2.toFixed(1), row.thumb.toFixed(1)]),
    ]),
  )
  add(
    `Where the time of ${label(result.focus)} goes`,
    ['', ''],
    costliestStages(result).map(row => [title(row.input), stagesText(row)]),
  )
  add(
    'jSquash in the sandbox over jSquash as documented, time',
    ['', 'ratio'],
    sandboxCost(result).map(({ input, ratio }) => [title(input), ratio.toFixed(2)]),
  )
  add(
    `${label(result.focus)} against ${label(result.yardstick)}`,
    ['', 'ratio', ''],
    headline(result).map(line => [line.title, line.ratio, line.meaning]),
  )
  for (const one of result.absent) parts.push(`${one.label} took no part: ${one.why}`)
  return `${parts.join('\n\n')}\n`
}

/** @param {string} label @param {LatencyRow} row */
function latencyRow(label, row) {
  if (row.cannot !== undefined) return [label, '-', row.cannot, '', '']
  return [
    label,
    row.ms.median.toFixed(0),
    row.ms.rounds > 1 ? `${row.ms.low.toFixed(0)}-${row.ms.high.toFixed(0)}` : 'once',
    ratioText(row),
    kb(row.bytes),
  ]
}

/**
 * The Worker bundle is no contender of its own: it is ours, started in workerd.
 * @param {(id: string) => string} label @param {ColdStartRow} row
 */
export const contenderOrWorker = (label, { contender, bundle }) =>
  bundle ? `Sluice as a Worker of ${(bundle / 1e6).toFixed(2)} MB` : label(contender)

/** @param {number} bytes */
const mib = bytes => `${(bytes / 2 ** 20).toFixed(0)} MiB`
/** @param {number} bytes */
const kb = bytes => (bytes / 1000).toFixed(0)

/**
 * Columns as wide as their longest cell; numbers to the right.
 * @param {readonly string[]} head @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map(row => String(row[column]).length)))
  /** @param {readonly string[]} row */
  const line = row =>
    row
      .map((cell, column) =>
        /^[+-]?[\d.,-]+( %| MiB)?$/.test(cell)
          ? String(cell).padStart(widths[column])
          : String(cell).padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd()
  return all
    .map(line)
    .filter(text => text !== '')
    .map(text => `  ${text}`)
    .join('\n')
}
