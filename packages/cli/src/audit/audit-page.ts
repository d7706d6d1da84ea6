import type { Policy } from '@sluice/core'
import { html, type Markup } from '../page/html.js'
import { bars, figures, page, section } from '../page/page.js'
import { count, counted, duration, percent, size } from '../words.js'
import type { Report } from './audit.js'
import { pixelsText, plots } from './audit-plots.js'
import { sorted, sum } from './audit-text.js'
import { type Finding, type Problem, rowOf } from './finding.js'
import type { Moved } from './quarantine.js'
import type { Refusals } from './refusals.js'

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
  const cut = complete ? '' : ' Interrupted: not everything was checked.'
  return page(
    `Audit of ${name}`,
    `${when} UTC, by policy ${policy.version}, in ${duration(time.ms)}. ${movedText(moved)}${cut}`,
    [numbers(report), found(report, shown), ...plots(statistics), refusals && refusedUploads(refusals)],
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
