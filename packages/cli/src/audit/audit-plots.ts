import { type Column, columns } from '../page/columns.js'
import { html, type Markup } from '../page/html.js'
import { bars, section } from '../page/page.js'
import { count, counted, percent, size } from '../words.js'
import type { Listed, Statistics } from './statistics.js'

/** What an audit has counted, as plots: what is spread how, how it went by month, what there is, what is singled out. */
export function plots(statistics: Statistics): readonly Markup[] {
  if (statistics.files === 0) return []
  const months = Object.keys(statistics.months).length > 0 ? [byMonth(statistics)] : []
  return [spread(statistics), ...months, kinds(statistics), singled(statistics)]
}

/** A person reads megapixels, where there are some. */
export function pixelsText(pixels: number): string {
  if (pixels < 1e5) return `${count(Math.round(pixels))} px`
  return `${(pixels / 1e6).toLocaleString('en-US', { maximumSignificantDigits: 3 })} MP`
}

function spread({ sizes, pixels }: Statistics): Markup {
  return section(
    `Half of the files have at most ${size(medianOf(sizes))}`,
    html`<div class="plots">${columns('Files by size', histogram(sizes, size))}
${columns('Images by pixels', histogram(pixels, pixelsText))}</div>`,
  )
}

/** The upper end of the power of two that the middle is in. */
function medianOf(histogram: Readonly<Record<string, number>>): number {
  const total = Object.values(histogram).reduce((one, other) => one + other, 0)
  let below = 0
  for (const power of powersOf(histogram)) {
    below += histogram[power] ?? 0
    if (2 * below >= total) return 2 ** (power + 1)
  }
  return 0
}

function powersOf(histogram: Readonly<Record<string, number>>): readonly number[] {
  const powers = Object.keys(histogram).map(Number)
  const least = Math.min(...powers)
  return Array.from(
    { length: powers.length === 0 ? 0 : Math.max(...powers) - least + 1 },
    (_, at) => least + at,
  )
}

function histogram(
  counts: Readonly<Record<string, number>>,
  say: (value: number) => string,
): readonly Column[] {
  return powersOf(counts).map(power => ({
    label: say(2 ** power),
    amount: counts[power] ?? 0,
    text: counted(counts[power] ?? 0, 'file'),
  }))
}

/** Longest time that has room, in months. */
const mostMonths = 60

function byMonth({ months }: Statistics): Markup {
  const all = Object.keys(months).sort().slice(-mostMonths)
  const plot = (
    title: string,
    amountOf: (month: Statistics['months'][string]) => number,
    say: (value: number) => string,
  ) =>
    columns(
      title,
      all.flatMap(month => {
        const sums = months[month]
        if (sums === undefined) return []
        const amount = amountOf(sums)
        return { label: `${month.slice(2, 4)}-${month.slice(4)}`, amount, text: say(amount) }
      }),
    )
  const last = all.at(-1) ?? ''
  return section(
    `${counted(months[last]?.files ?? 0, 'upload')} in ${last.slice(0, 4)}-${last.slice(4)}, the newest month`,
    html`<div class="plots">${plot(
      'Uploads',
      ({ files }) => files,
      value => counted(value, 'upload'),
    )}
${plot('Bytes of a main image', ({ bytes, files }) => bytes / files, size)}
${plot('Pixels of a main image', ({ pixels, files }) => pixels / files, pixelsText)}</div>`,
  )
}

function kinds({ formats, variants, roles, bytes }: Statistics): Markup {
  const groups = [
    ['Formats', formats],
    ['Sizes by name', variants],
    ['Roles', roles],
  ] as const
  const [first] = Object.entries(formats).sort(([, one], [, other]) => other.bytes - one.bytes)
  const share =
    first === undefined || bytes === 0
      ? 'No image'
      : `Of the bytes ${percent(first[1].bytes / bytes)} are ${first[0]}`
  return section(
    share,
    html`<div class="plots">${groups
      .filter(([, sums]) => Object.keys(sums).length > 0)
      .map(([name, sums]) => html`<div><small>${name}</small>${sumBars(sums)}</div>`)}</div>`,
  )
}

function sumBars(sums: Statistics['formats']): Markup {
  return bars(
    Object.entries(sums)
      .sort(([, one], [, other]) => other.bytes - one.bytes)
      .map(([name, { files, bytes }]) => ({
        name,
        amount: bytes,
        text: `${size(bytes)}, ${counted(files, 'file')}`,
        kind: 'ours' as const,
      })),
  )
}

function singled({ biggest, densest, narrowest, mostFrames }: Statistics): Markup {
  const lists = [
    ['Biggest', biggest, size],
    ['Most bits for a pixel', densest, (bytes: number) => `${(8 * bytes).toFixed(1)} bits`],
    [
      'Farthest from square',
      narrowest.filter(({ amount }) => amount > 2),
      (ratio: number) => `${ratio.toFixed(1)} : 1`,
    ],
    ['Most frames', mostFrames, count],
  ] as const
  return section(
    'The biggest and the oddest',
    html`<div class="plots">${lists.filter(([, all]) => all.length > 0).map(([name, all, say]) => listOf(name, all, say))}</div>`,
  )
}

function listOf(name: string, all: readonly Listed[], say: (amount: number) => string): Markup {
  return html`<table><tr><th>${name}</th><th></th></tr>${all
    .slice(0, 5)
    .map(
      ({ key, amount }) => html`<tr><td class="names">${key}</td><td class="number">${say(amount)}</td></tr>`,
    )}</table>`
}
