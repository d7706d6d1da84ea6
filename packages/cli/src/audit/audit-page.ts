import type { Policy } from '@sluice/core'
import { type Column, columns } from '../page/columns.js'
import { html, type Markup } from '../page/html.js'
import { bars, figures, page, section } from '../page/page.js'
import { count, counted, duration, percent, size } from '../words.js'
import type { Report } from './audit.js'
import { sorted, sum } from './audit-text.js'
import { type Finding, type Problem, rowOf } from './finding.js'
import type { Moved } from './quarantine.js'
import type { Refusals } from './refusals.js'
import type { Listed, Statistics } from './statistics.js'

/** Examples of each kind of finding: a page is looked at, a list is read elsewhere. */
const mostExamples = 5

/** Keeps some findings of each kind. */
export function startShown() {
  const all = new Map<Problem, Finding[]>()
  return {
    all: all as ReadonlyMap<Problem, readonly Finding[]>,
    add(finding: Finding) {
      const examples = all.get(finding.problem) ?? []
      if (examples.length < mostExamples) examples.push(finding)
      all.set(finding.problem, examples)
    },
  }
}

export interface Subject {
  readonly name: string
  readonly policy: Policy
  readonly report: Report
  readonly refusals: Refusals | undefined
  readonly moved: Moved | undefined
  readonly shown: ReadonlyMap<Problem, readonly Finding[]>
  /** When, and how long it took, in milliseconds. */
  readonly time: { readonly start: number; readonly ms: number }
}

/** The report as a page to look at and to send on. */
export function auditPage({ name, policy, report, refusals, moved, shown, time }: Subject): string {
  const { statistics, complete } = report
  const when = new Date(time.start).toISOString().slice(0, 16).replace('T', ' ')
  const cut = complete ? '' : ' Interrupted: not all was looked at.'
  return page(
    `Audit of ${name}`,
    `${when} UTC, by policy ${policy.version}, in ${duration(time.ms)}. ${movedText(moved)}${cut}`,
    [
      numbers(report),
      found(report, shown),
      statistics.files > 0 ? spread(statistics) : undefined,
      Object.keys(statistics.months).length > 0 ? byMonth(statistics) : undefined,
      statistics.files > 0 ? kinds(statistics) : undefined,
      statistics.files > 0 ? singled(statistics) : undefined,
      refusals && refusedUploads(refusals),
    ],
  )
}

function movedText(moved: Moved | undefined): string {
  return moved ? `${counted(moved.moved, 'file')} moved to ${moved.folder}.` : 'Nothing was changed.'
}

function numbers({ statistics, findings }: Report): Markup {
  const { files, bytes, variants, formats } = statistics
  const uploads = variants.main?.files ?? 0
  const pixels = Object.values(formats).reduce((total, each) => total + each.pixels, 0)
  const total = sum(findings)
  return figures([
    { name: 'Findings', value: total === 0 ? 'none' : count(total), beside: kindsText(findings) },
    { name: 'Files', value: count(files), beside: `of ${counted(uploads, 'upload')}` },
    { name: 'Bytes', value: size(bytes), beside: `${size(files === 0 ? 0 : bytes / files)} a file` },
    {
      name: 'Pixels',
      value: files === 0 ? 'none' : pixelsText(pixels / files),
      beside: 'a file',
    },
  ])
}

function kindsText(findings: Report['findings']): string {
  const kinds = Object.keys(findings).length
  return kinds === 0 ? 'everything is as it was promised' : `of ${counted(kinds, 'kind')}`
}

function pixelsText(pixels: number): string {
  if (pixels < 1e5) return `${count(Math.round(pixels))} px`
  return `${(pixels / 1e6).toLocaleString('en-US', { maximumSignificantDigits: 3 })} MP`
}

function found({ findings, allowed }: Report, shown: Subject['shown']): Markup {
  const also =
    sum(allowed) === 0
      ? ''
      : `Allowed: ${sorted(allowed)
          .map(([problem, files]) => `${count(files)} ${problem}`)
          .join(', ')}.`
  if (sum(findings) === 0)
    return section(
      'Nothing is there that should not be',
      html`<p class="calm"><b>✓</b><span>Every file has a name, a place, rights and a content of ours. ${also}</span></p>`,
    )
  const cards = sorted(findings).map(
    ([problem, files]) => html`<div class="card refused"><code>${problem}</code><p>${rowOf(problem).says}</p>
<small>${(shown.get(problem)?.length ?? 0) < files ? `some of ${counted(files, 'file')}` : counted(files, 'file')}</small>
<ul class="names">${shown.get(problem)?.map(({ path, detail }) => html`<li>${path}${detail ? ` (${detail})` : ''}</li>`)}</ul></div>`,
  )
  const [most] = sorted(findings)
  return section(
    `${counted(sum(findings), 'finding')}, most often: ${most?.[0]}`,
    html`<div class="stack"><div class="cards">${cards}</div>${also === '' ? undefined : html`<p>${also}</p>`}</div>`,
  )
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
      : `${percent(first[1].bytes / bytes)} of the bytes are ${first[0]}`
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

function refusedUploads({ accepted, refused, codes }: Refusals): Markup {
  const all = Object.entries(codes)
    .sort(([, one], [, other]) => other - one)
    .map(([code, uploads]) => ({
      name: html`<code>${code}</code>`,
      amount: uploads,
      text: count(uploads),
      kind: 'refusal' as const,
    }))
  const total = accepted + refused
  const share =
    total === 0
      ? 'The log has no uploads'
      : `${percent(refused / total)} of ${counted(total, 'upload')} in the log were refused`
  return section(share, bars(all))
}
