import { look } from '@sluice/look'

/**
 * The frame of a report: no script, nothing from outside.
 * @param {string} title @param {string[]} parts
 */
export function page(title, ...parts) {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<main class="page">
${parts.join('\n')}
</main>
</html>
`
}

/** @param {string} title @param {string[]} parts */
export const section = (title, ...parts) =>
  `<section class="card"><h2>${escapeHtml(title)}</h2>${parts.join('')}</section>`

/** Cells are plain text. @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  /** @param {string} value @param {'th' | 'td'} tag */
  const cell = (value, tag) =>
    `<${tag}${/^[\d.]+$/.test(value) ? ' class="n"' : ''}>${escapeHtml(value)}</${tag}>`
  /** @param {readonly string[]} cells @param {'th' | 'td'} tag */
  const row = (cells, tag) => `<tr>${cells.map(value => cell(value, tag)).join('')}</tr>`
  return `<table>${row(head, 'th')}${rows.map(cells => row(cells, 'td')).join('')}</table>`
}

/** @param {string} text */
export const escapeHtml = text => String(text).replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

// Charts are drawn for a light ground.
const style = `${look}
.page { max-width: 980px; }
h3 { margin: var(--s6) 0 var(--s2); }
svg, figure img { height: auto; background: #fff; border-radius: var(--round-small); }
.views { display: flex; gap: var(--s4); flex-wrap: wrap; }
table { margin: var(--s2) 0; }
.n { text-align: right; }
.small { color: var(--soft); }
`
