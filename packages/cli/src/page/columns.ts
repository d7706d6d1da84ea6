import { html, Markup } from './html.js'

export interface Column {
  /** Below it; every so-many-th is shown where there is no room for all. */
  readonly label: string
  readonly amount: number
  /** What a screen reader says, and what is shown where there is room. */
  readonly text: string
}

/** Most labels that a phone has room for. */
const mostLabels = 5

/** Columns from zero, side by side in their order: how something is spread, or how it went. */
export function columns(title: string, all: readonly Column[]): Markup {
  const highest = Math.max(...all.map(({ amount }) => amount), Number.MIN_VALUE)
  const every = Math.ceil(all.length / mostLabels)
  const top = all.find(({ amount }) => amount === highest)
  return html`<figure class="plot"><figcaption><b>${title}</b><span>highest: ${top?.text ?? 'none'}</span></figcaption>
<ol class="columns">${all.map(({ label, amount, text }, index) => {
    const height = new Markup(`style="height:${((amount / highest) * 100).toFixed(2)}%"`)
    // As wide as the columns up to the next one: at the end there may be fewer.
    const shown = index % every === 0 && index + every <= all.length ? label : ''
    return html`<li title="${label}: ${text}"><div><i ${height}></i></div><span aria-hidden="true">${shown}</span><em>${label}: ${text}</em></li>`
  })}</ol></figure>`
}
