import { median } from '../lib/stats.mjs'
import { barChart, scalingChart } from './charts.mjs'
import { escapeHtml, page, section, table } from './page.mjs'
import { table as textTable } from './terminal.mjs'

/** @import { FloodRow } from '../flood/rows.mjs' */

/** @typedef {FloodRow & { load: number }} Flooded a run of the open model */

/** A run is a soak from so long on. */
const soakMinutes = 10

const head = [
  '',
  'accepted/s',
  '% of capacity',
  'CPU ms each',
  'p50 ms',
  'p99 ms',
  'p99.9 ms',
  'peak MiB',
  'kills',
  '/health p99 ms',
  'worst ms',
  'wrong verdicts',
  'orphans',
]

/**
 * Self-contained, with charts and a row for each contender.
 * @param {readonly FloodRow[]} rows
 */
export function floodPage(rows) {
  const loads = loadsOf(rows)
  const top = loads.at(-1) ?? 0
  const [newest] = [...rows].sort((a, b) => (a.date < b.date ? 1 : -1))
  const versions = Object.entries(newest?.versions ?? {}).map(([name, version]) => `${name} ${version}`)
  const where = [newest?.machine ?? '', daysOf(rows), versions.join(' · ')]
  const limits = newest?.limitsBy === 'cgroup' ? 'a control group holds that' : 'which is measured'
  const { warmSeconds = 0 } = newest ?? {}
  const warmed =
    warmSeconds > 0 ? `\nTwo clients have sent good files for ${number(warmSeconds)} seconds before.` : ''
  const atTop = flooded(rows).filter(({ load }) => load === top)
  return page(
    'A flood in a shoebox',
    `<h1>A flood in a shoebox</h1>
<p>An upload server in 2 processors and 256 MiB (${limits}): photographs of 2 to 48 megapixels, PNG, GIF and
WebP, one visitor in ten hostile, one in twenty-five slow or gone half way. They come at a fixed rate, so many
times what this server can do, however many are waiting.${warmed}</p>
<p class="small">${escapeHtml(where.join('; '))}. The crowd runs on the same processors, before the server.</p>`,
    section(
      'What it can do',
      '<p>Four clients, each back as soon as it is answered: JPEG photographs alone, then everything.</p>',
      barChart({ bars: capacityBars(rows, 'jpeg'), unit: 'JPEG uploads a second', best: 'most' }),
      barChart({
        bars: capacityBars(rows, 'mixed'),
        unit: 'accepted uploads a second, everything',
        best: 'most',
      }),
    ),
    section(
      survivalTitle(atTop, top),
      curves(rows, 'accepted, % of what it can do', row => shareOfCapacity(rows, row), true),
    ),
    section(
      'How long an accepted upload takes',
      curves(rows, 'p99 from when it was due, ms', row => row.latency.p99),
    ),
    section(
      `Peak memory at ${top} times its capacity`,
      barChart({
        bars: atTop.map(row => bar(row, row.peakMiB)),
        unit: 'MiB resident in one process, its program included',
      }),
    ),
    ...loads.map(load => {
      const runs = flooded(rows).filter(row => row.load === load)
      return section(
        `At ${load} times its capacity`,
        // A column each: there are fewer of them than numbers, and a phone is narrow.
        table(...turned([head, ...runs.map(row => cells(rows, row))])),
        ...runs.map(remarks),
      )
    }),
  )
}

/** @param {readonly FloodRow[]} rows */
export function floodText(rows) {
  return loadsOf(rows)
    .map(load => {
      const runs = flooded(rows).filter(row => row.load === load)
      const table = textTable(
        head,
        runs.map(row => cells(rows, row)),
      )
      return `At ${load} times its capacity\n${table}`
    })
    .join('\n')
}

/** A run takes an hour, and some rows are measured again. @param {readonly FloodRow[]} rows */
export function daysOf(rows) {
  const days = rows.map(({ date }) => date.slice(0, 10)).sort()
  const [oldest] = days
  const newest = days.at(-1)
  return oldest === newest ? `on ${newest}` : `between ${oldest} and ${newest}`
}

/** What one of them could do, and still does. @param {readonly FloodRow[]} rows @param {Flooded} row */
export function shareOfCapacity(rows, row) {
  const capacity = rows.find(({ contender, load }) => contender === row.contender && load === 'mixed')
  return (row.perSecond / (capacity?.perSecond ?? Number.NaN)) * 100
}

/**
 * Good ones that were refused for themselves, and what was accepted and is no picture.
 * @param {FloodRow} row
 */
export const wrongVerdicts = row => row.wrong.reduce((sum, { times }) => sum + times, row.undecodable)

/**
 * What a long run has more of at its end: the median of the rests in its last quarter above those in its second, for
 * the first warms up. Beside the memories of pictures, whose sum has a limit: which of them are kept depends on those
 * that came last.
 * @param {FloodRow} row
 */
export function growthMiB({ rests }) {
  const quarter = Math.floor(rests.length / 4)
  /** @param {number} nth */
  const inQuarter = nth =>
    median(rests.slice(nth * quarter, (nth + 1) * quarter).map(({ otherMiB }) => otherMiB))
  return inQuarter(3) - inQuarter(1)
}

/** As a sentence has it: less than before, or hardly more, is none. @param {FloodRow} row */
export function moreMemory(row) {
  const grown = growthMiB(row)
  return grown < 0.05 ? 'no more memory' : `${number(grown, 1)} MiB more`
}

/** @param {readonly FloodRow[]} rows @param {Flooded} row */
function cells(rows, row) {
  const { perSecond, latency, health, broken } = row
  return [
    row.label + (row.void ? ' (void)' : ''),
    number(perSecond, 1),
    number(shareOfCapacity(rows, row)),
    number(row.cpuMsEach),
    ...[latency.p50, latency.p99, latency.p999, row.peakMiB].map(value => number(value)),
    number(row.kills.length),
    ...[health.p99, health.worst].map(value => number(value, 1)),
    number(wrongVerdicts(row)),
    number((broken.orphans ?? 0) + (broken.left ?? 0)),
  ]
}

/**
 * Rows to columns: the first row is the head.
 * @param {readonly (readonly string[])[]} rows
 * @returns {[head: string[], rows: string[][]]}
 */
function turned(rows) {
  const [first = [], ...rest] = (rows[0] ?? []).map((_, column) => rows.map(row => row[column] ?? ''))
  return [first, rest]
}

/** What a number does not say. @param {Flooded} row */
function remarks(row) {
  const { label, statuses, stills, health, loop, hostile, broken } = row
  const said = [
    ...(row.void
      ? [`void, for the crowd was ${number(row.lag)} ms late: its times say nothing of the server`]
      : []),
    Object.entries(statuses)
      .map(([status, times]) => `${times} x ${status}`)
      .join(', '),
    `stills ${number(stills.p99)} ms from the last byte (p99)`,
    `${hostile.accepted} of ${hostile.sent} hostile ones drawn`,
    `/health ${health.failed} of ${health.asked} unanswered`,
    ...(loop ? [`event loop ${number(loop.p99, 1)} ms late (p99), ${number(loop.worst, 1)} at most`] : []),
    ...(row.minutes >= soakMinutes
      ? [
          `at rest after ${number(row.minutes)} minutes ${moreMemory(row)} beside ` +
            `${number(Math.max(...row.rests.map(({ linearMiB }) => linearMiB)))} MiB of memories for pictures at most, ` +
            `and ${row.handles[1] - row.handles[0]} more handles`,
        ]
      : []),
    ...(broken.missing || broken.changed
      ? [`${broken.missing} of the files that were told of are gone, ${broken.changed} are others`]
      : []),
    ...row.wrong.slice(0, 5).map(({ file, verdict, times }) => `${file}: ${verdict} (${times})`),
  ]
  return `<p class="small">${escapeHtml(`${label}: ${said.join('; ')}.`)}</p>`
}

/** The finding, as far as one sentence has it. @param {readonly Flooded[]} atTop @param {number} top */
function survivalTitle(atTop, top) {
  const ours = atTop.find(row => row.ours)
  const others = atTop.filter(row => !row.ours).map(row => row.kills.length)
  if (!ours || others.length === 0) return 'What is left under load'
  const [least, most] = [Math.min(...others), Math.max(...others)]
  const theirs = least === most ? times(least) : `${least} to ${most} times`
  return `Killed at ${top} times its capacity: ours ${times(ours.kills.length)}, the others ${theirs}`
}

/** @param {number} count */
export const times = count => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`)

/**
 * @param {readonly FloodRow[]} rows @param {string} y
 * @param {(row: Flooded) => number} value @param {boolean} [linear]
 */
function curves(rows, y, value, linear = false) {
  const ids = [...new Set(rows.map(({ contender }) => contender))]
  const lines = ids.flatMap(id => {
    const mine = flooded(rows).filter(({ contender }) => contender === id)
    const [{ label, ours } = { label: id, ours: false }] = mine
    const points = mine
      // An hour meets what minutes rarely do: a soak is no point of their curve.
      .filter(({ minutes }) => minutes < soakMinutes)
      .map(row => [row.load, value(row)])
      .filter(([, height]) => Number.isFinite(height) && (linear || height > 0))
      .sort((a, b) => a[0] - b[0])
    return points.length > 0 ? [{ label, ours, points }] : []
  })
  return scalingChart({ lines, x: 'arrivals, times its capacity', y, linear })
}

/** @param {readonly FloodRow[]} rows @param {'jpeg' | 'mixed'} load */
const capacityBars = (rows, load) => rows.filter(row => row.load === load).map(row => bar(row, row.perSecond))

/** @param {FloodRow} row @param {number} value */
const bar = ({ label, ours }, value) => ({ label, value, ours })

/** @param {readonly FloodRow[]} rows @returns {Flooded[]} */
const flooded = rows =>
  rows
    .filter(row => typeof row.load === 'number')
    .map(row => /** @type {Flooded} */ (row))
    // As they were measured, which is another order where one was void; ours first.
    .sort((one, other) => Number(other.ours) - Number(one.ours))

/** @param {readonly FloodRow[]} rows */
const loadsOf = rows => [...new Set(flooded(rows).map(({ load }) => load))].sort((a, b) => a - b)

/**
 * None where nobody was accepted: JSON has no such number.
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
const number = (value, digits = 0) => (Number.isFinite(value) ? Number(value).toFixed(digits) : '–')
