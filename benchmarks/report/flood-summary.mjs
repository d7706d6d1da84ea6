import { daysOf, moreMemory, shareOfCapacity, times } from './flood.mjs'

/** @import { FloodRow, Load } from '../flood/rows.mjs' */
/** @import { Flooded } from './flood.mjs' */

/** What the README says of the flood: nothing that is not in the results. @param {readonly FloodRow[]} rows */
export function floodSummary(rows) {
  const ids = [...new Set(rows.map(({ contender }) => contender))]
  /** @param {string} id @param {Load} load */
  const of = (id, load) => rows.find(row => row.contender === id && row.load === load)
  /** @param {string} title @param {Load} load @param {(row: FloodRow) => string} show */
  const line = (title, load, show) => `| ${title} | ${ids.map(id => told(of(id, load), show)).join(' | ')} |`
  const labels = ids.map(id => rows.find(row => row.contender === id)?.label ?? id)
  const [first] = rows
  const soak = rows.find(row => row.ours && row.minutes >= 60)
  return `The same visitors, to one upload server after the other, each in 2 processors and 256 MiB: photographs of 2 to 48 megapixels, PNG, GIF and
WebP, one visitor in ten hostile, one in twenty-five slow or gone half way. They keep coming at a fixed rate, three and ten times what
that server can do.

| | ${labels.join(' | ')} |
|---|${ids.map(() => '---:').join('|')}|
${line('JPEG uploads a second, at most', 'jpeg', row => row.perSecond.toFixed(1))}
${line('uploads of all kinds a second, at most', 'mixed', row => row.perSecond.toFixed(1))}
${[3, 10]
  .flatMap(load => [
    line(`at ${load} times that: accepted, share of it`, load, row => percent(row, rows)),
    line('— slowest hundredth of stills, from the last byte', load, ({ stills }) => seconds(stills.p99)),
    line('— slowest hundredth of `/health`', load, ({ health }) => milliseconds(health.p99)),
    line('— killed for its memory', load, ({ kills }) => times(kills.length)),
  ])
  .join('\n')}

Only Sluice draws animations, and writes to the disk before it answers. ${soak ? soakText(soak) : ''}Measured ${daysOf(rows)}: ${first?.machine},
Node ${first?.versions.node} ([result](benchmarks/results/flood.json), [how](benchmarks/README.md#a-flood-in-a-shoebox)); \`npm run flood\` measures it
on your machine and draws a page of it.`
}

/** @param {FloodRow | undefined} row @param {(row: FloodRow) => string} show */
const told = (row, show) => (row ? show(row) : '–')

/** @param {FloodRow} row @param {readonly FloodRow[]} rows */
const percent = (row, rows) => `${shareOfCapacity(rows, /** @type {Flooded} */ (row)).toFixed(0)} %`

/** JSON has no number for none. @param {number | null} ms */
const seconds = ms => (Number.isFinite(ms) ? `${(Number(ms) / 1000).toFixed(1)} s` : '–')

/** @param {number | null} ms */
const milliseconds = ms => (Number.isFinite(ms) ? `${Number(ms).toFixed(0)} ms` : '–')

/** @param {FloodRow} soak */
function soakText(soak) {
  const handles = soak.handles[1] - soak.handles[0]
  return `An hour at
${soak.load} times what it can do left it with ${moreMemory(soak)} than before, the memories of pictures apart, and
${handles > 0 ? handles : 'no'} more file descriptors. `
}
