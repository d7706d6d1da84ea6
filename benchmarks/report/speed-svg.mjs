// The chart of the README: few bars, sorted, the claim as its title, light or dark as the reader's machine.
import { job } from '../lib/job.mjs'
import { escapeHtml } from './page.mjs'

/** @import { KindsResult, Result } from '../types.js' */

/**
 * @typedef {object} SpeedBars
 * @property {string} title
 * @property {string} what
 * @property {string} source
 * @property {readonly { label: string, ms: number, ours: boolean }[]} bars the fastest first
 */

const labels = new Map([
  ['sluice', 'Sluice'],
  ['sharp', `sharp, effort ${job.effort}`],
  ['sharp-default', 'sharp, default effort'],
  ['bun', 'Bun.Image'],
])

/**
 * The photo of 12 megapixels: of all four where they were measured beside each other, else of the two of the
 * headline.
 * @param {Result} full @param {KindsResult} [kinds]
 * @returns {SpeedBars}
 */
export function speedBars(full, kinds) {
  /** @type {[id: string, ms: number][]} */
  const measured = kinds
    ? Object.entries(kinds.scene.of).map(([id, { ms }]) => [id, ms])
    : full.latency.flatMap(({ input, contender, ms }) =>
        input === 'photo-12' && ms !== undefined ? [[contender, ms.median]] : [],
      )
  const bars = measured
    .flatMap(([id, ms]) => {
      const label = labels.get(id)
      return label ? [{ label, ms, ours: id === 'sluice' }] : []
    })
    .sort((a, b) => a.ms - b.ms)
  const times = new Map(measured)
  const [ours, sharp] = [times.get('sluice'), times.get('sharp')]
  if (ours === undefined || sharp === undefined) throw new Error('no photo of 12 megapixels was measured')
  const { date, machine } = kinds ?? full
  return {
    title: `A 12 MP photo in ${(ours / sharp).toFixed(2)} of sharp's time`,
    what: `Generated scene${kinds ? ', one thread each' : ''}; less is better`,
    source: `Measured on ${date.slice(0, 10)}, ${machine.cores} cores`,
    bars,
  }
}

/** Lines fit in the widest of the usual fonts, and can be read on a phone, which shrinks them to 360 pixels. */
const width = 480
const top = 74
const rowHeight = 48
/** Where bars begin and end. */
const [left, right] = [16, width - 16]

/** @param {SpeedBars} chart */
export function speedSvg({ title, what, source, bars }) {
  const height = top + bars.length * rowHeight + 30
  const most = Math.max(...bars.map(({ ms }) => ms))
  const ours = bars.find(bar => bar.ours)?.ms ?? Number.NaN
  const rows = bars.map((bar, row) => {
    const y = top + row * rowHeight
    const length = ((bar.ms / most) * (right - left)).toFixed(1)
    const ratio = bar.ours ? '' : ` · ${(bar.ms / ours).toFixed(1)} times ours`
    return `<text class="label" x="${left}" y="${y + 14}">${escapeHtml(bar.label)}</text>
<text class="value" x="${right}" y="${y + 14}">${bar.ms.toFixed(0)} ms${ratio}</text>
<rect class="${bar.ours ? 'ours' : 'rival'}" x="${left}" y="${y + 22}" width="${length}" height="14" rx="3"/>`
  })
  const told = bars.map(({ label, ms }) => `${label} ${ms.toFixed(0)} ms`).join(', ')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(`${title}: ${told}`)}">
<style>${style}</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
<text class="title" x="${left}" y="32">${escapeHtml(title)}</text>
<text class="soft" x="${left}" y="54">${escapeHtml(what)}</text>
${rows.join('\n')}
<text class="soft" x="${left}" y="${height - 14}">${escapeHtml(source)}</text>
</svg>
`
}

// Colours as in look/look.mjs: an image in a page sees nothing of the page's own sheets.
const style = `
text { font: 15px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #1d2329; }
.title { font-size: 17px; font-weight: 600; }
.soft { font-size: 14px; fill: #59636c; }
.value { text-anchor: end; }
.paper { fill: #faf9f5; } .ours { fill: #0b7285; } .rival { fill: #b9bfc4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e8ecee; } .soft { fill: #9aa6ae; }
  .paper { fill: #12171b; } .ours { fill: #4cc3d6; } .rival { fill: #56636b; }
}
`
