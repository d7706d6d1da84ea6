import { html, type Markup } from '../page/html.js'
import { bars, figures, page, section } from '../page/page.js'
import { count, counted, duration, percent, size } from '../words.js'
import type { Comparison, Kind, Picture, Summary } from './tally.js'
import { type Run, savedText } from './trial-text.js'

export interface Subject {
  /** What was tried: folders and files, as named. */
  readonly what: string
  readonly policyVersion: string
}

/** The summary as a page to look at and to send on. */
export function trialPage(summary: Summary, run: Run, { what, policyVersion }: Subject): string {
  const { files, refusals, notes, beside, pictures } = summary
  const left = run.left > 0 ? ` Interrupted: ${counted(run.left, 'file')} not started.` : ''
  return page(
    `Trial of ${what}`,
    `${counted(files, 'file')} taken through the whole pipeline with policy ${policyVersion}. Nothing was changed.${left}`,
    [
      numbers(summary, run),
      beside && comparison(beside, run),
      refusals.length > 0 ? refused(refusals) : undefined,
      notes.length > 0 ? noted(notes) : undefined,
      pictures.length > 0 ? shown(pictures) : undefined,
    ],
  )
}

function numbers({ files, accepted, bytesIn, bytesOut, ms }: Summary, { peak }: Run): Markup {
  return figures([
    {
      name: 'Accepted',
      value: files === 0 ? 'none' : percent(accepted / files),
      beside: `${count(accepted)} of ${count(files)}`,
    },
    {
      name: 'Bytes',
      value: savedText(bytesIn, bytesOut),
      beside: `${size(bytesIn)} became ${size(bytesOut)}`,
    },
    { name: 'Took', value: duration(ms.median), beside: `a file; ${duration(ms.p95)} at most for 95 of 100` },
    { name: 'Memory', value: size(peak), beside: 'of the whole process, at most' },
  ])
}

function refused(refusals: readonly Kind[]): Markup {
  const total = refusals.reduce((sum, { files }) => sum + files, 0)
  const cards = refusals.map(
    ({ code, message, files, examples }) =>
      html`<div class="card refused"><code>${code}</code><p>${message}</p>
<small>${files > 1 ? `the first of ${counted(files, 'file')}` : counted(files, 'file')}</small>${names(examples)}</div>`,
  )
  const all = refusals.map(({ code, files }) => ({
    name: html`<code>${code}</code>`,
    amount: files,
    text: count(files),
    kind: 'refusal' as const,
  }))
  return section(
    `${counted(total, 'file')} would be refused, most often as ${refusals[0]?.code}`,
    html`<div class="stack">${bars(all)}<div class="cards">${cards}</div></div>`,
  )
}

function noted(notes: readonly Kind[]): Markup {
  const rows = notes.map(
    ({
      code,
      message,
      files,
      examples,
    }) => html`<div><code class="${code.endsWith('-dropped') ? 'gone' : 'note'}">${code}</code>
${counted(files, 'file')}, such as: <span class="soft">${message}</span>${names(examples)}</div>`,
  )
  return section('What accepted files carried, and what was mended', html`<div class="stack">${rows}</div>`)
}

function names(files: readonly string[]): Markup {
  return html`<ul class="names">${files.map(file => html`<li>${file}</li>`)}</ul>`
}

function comparison({ name, ours, theirs, ...counts }: Comparison, { rivalPeak = 0, peak }: Run): Markup {
  const { both, oursAlone, theirsAlone, neither, disagreements } = counts
  const pair = (amount: readonly [number, number], say: (value: number) => string) =>
    bars([
      { name: 'Sluice', amount: amount[0], text: say(amount[0]), kind: 'ours' },
      { name, amount: amount[1], text: say(amount[1]), kind: 'yardstick' },
    ])
  const title =
    both === 0
      ? `Beside ${name}: no file is accepted by both`
      : `Beside ${name}: ${(ours.bytes / theirs.bytes).toFixed(2)} of its bytes in ${(ours.ms / theirs.ms).toFixed(2)} of its time`
  return section(
    title,
    html`<div class="stack"><p>Of ${counted(both, 'file')} that both accept; Sluice with every check, ${name} as its
documentation shows, in a process of its own. ${count(oursAlone)} accepted by Sluice alone, ${count(theirsAlone)} by
${name} alone, ${count(neither)} by neither.</p>
<div><small>Bytes</small>${pair([ours.bytes, theirs.bytes], size)}</div>
<div><small>Time</small>${pair([ours.ms, theirs.ms], duration)}</div>
<div><small>Memory</small>${pair([peak, rivalPeak], size)}</div>
${disagreements.length > 0 ? table(name, disagreements) : undefined}</div>`,
  )
}

function table(name: string, disagreements: Comparison['disagreements']): Markup {
  return html`<table><tr><th>they disagree on</th><th>Sluice</th><th>${name}</th></tr>${disagreements.map(
    ({ file, ours, theirs }) =>
      html`<tr><td class="names">${file}</td><td>${verdict(ours)}</td><td>${verdict(theirs)}</td></tr>`,
  )}</table>`
}

function verdict(refusal: string | undefined): Markup {
  return refusal === undefined
    ? html`<span class="whole">accepted</span>`
    : html`<span class="note">${refusal}</span>`
}

/** They are ours, drawn here: of the files that were tried nothing is in the page but names. */
function shown(pictures: readonly Picture[]): Markup {
  const all = pictures.map(({ file, bytesIn, bytesOut, type, content }) => {
    const source = `data:${type};base64,${Buffer.from(content).toString('base64')}`
    return html`<figure><img src="${source}" alt="${file}"><figcaption>${file}<br>${size(bytesIn)} to ${size(bytesOut)}</figcaption></figure>`
  })
  return section('Some of what was drawn', html`<div class="pictures">${all}</div>`)
}
