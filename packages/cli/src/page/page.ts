import { logo } from '@sluice/look'
import { html, Markup } from './html.js'
import { style } from './style.js'

/**
 * A whole page in one file: it loads nothing and runs nothing, so that it can be mailed and opened from disk. Names in
 * it come from files of strangers.
 */
export function page(title: string, lead: string, sections: readonly (Markup | undefined)[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
<main class="page">
<header class="head">${new Markup(logo)}<div><h1>${title}</h1><p>${lead}</p></div></header>
${sections}
</main>
</html>
`.text
}

export interface Figure {
  readonly name: string
  readonly value: string
  /** What it is compared with. */
  readonly beside: string
}

/** A few numbers, large. */
export function figures(all: readonly Figure[]): Markup {
  return html`<dl class="card numbers">${all.map(
    ({ name, value, beside }) => html`<div><dt>${name}</dt><dd>${value}<small>${beside}</small></dd></div>`,
  )}</dl>
`
}

export interface Bar {
  readonly name: string | Markup
  readonly amount: number
  readonly text: string
  readonly kind?: 'ours' | 'yardstick' | 'refusal'
}

/** Bars from zero, the longest as wide as there is room; each says its own number. */
export function bars(all: readonly Bar[]): Markup {
  const longest = Math.max(...all.map(({ amount }) => amount), Number.MIN_VALUE)
  return html`<dl class="bars">${all.map(({ name, amount, text, kind }) => {
    const width = new Markup(`style="width:${((amount / longest) * 75).toFixed(1)}%"`)
    return html`<dt>${name}</dt><dd class="${kind}"><i ${width}></i>${text}</dd>`
  })}</dl>`
}

/** @param title states what is to be seen */
export function section(title: string, ...content: readonly Markup[]): Markup {
  return html`<section class="card"><h2>${title}</h2>${content}</section>
`
}
