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
  const isNumber = head.map((_, column) => rows.every(cells => /^[\d.–]*$/.test(cells[column] ?? '')))
  /** @param {readonly string[]} cells @param {'th' | 'td'} tag */
  const row = (cells, tag) =>
    `<tr>${cells.map((value, column) => `<${tag}${isNumber[column] ? ' class="n"' : ''}>${escapeHtml(value)}</${tag}>`).join('')}</tr>`
  return `<table>${row(head, 'th')}${rows.map(cells => row(cells, 'td')).join('')}</table>`
}

/** @param {string} text */
export const escapeHtml = text => String(text).replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

const style = `${look}
.page { max-width: 980px; }
h3 { margin: var(--s6) 0 var(--s2); }
.small { color: var(--soft); }
.unit { margin: var(--s3) 0 var(--s2); }
.water { color: var(--water); }
table { margin: var(--s2) 0; }
.n { text-align: right; }

.bars { font-size: var(--t-small); gap: var(--s1) var(--s3); }
.bars i { position: relative; flex: none; width: calc((100% - 11rem) * var(--share)); }
.bars i::after { content: ''; position: absolute; top: 3px; bottom: 3px; left: var(--low); width: var(--wide);
  border: solid var(--soft); border-width: 0 1px; background: linear-gradient(var(--soft), var(--soft)) center / 100% 1px no-repeat; }
.bars .yardstick i::after { filter: invert(1); }

.multiples { display: grid; gap: var(--s4); grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); }
figure, .beside svg { max-width: 400px; }
figure figcaption { color: var(--ink); }
.card svg { width: 100%; height: auto; }

.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: var(--s4); align-items: start; }
.beside > * { min-width: 0; }
.stages { display: grid; gap: var(--s1); font-size: var(--t-small); }
.stages dd { margin-bottom: var(--s3); }
.stages .small { display: flex; flex-wrap: wrap; gap: 0 var(--s3); margin-top: var(--s1); }
.stages .small i { display: inline-block; width: .65em; height: .65em; border-radius: 2px; margin-right: .4em; }
.stack { display: flex; gap: 1px; height: 14px; width: calc(100% * var(--share)); border-radius: 4px; overflow: hidden; }
.part-0 { background: var(--water); } .part-1 { background: var(--ink); } .part-2 { background: var(--note); } .part-3 { background: var(--grey); }

.matrix :is(th, td) { padding: var(--s2); border-top: 1px solid var(--card); }
.matrix thead th { vertical-align: bottom; }
.matrix [scope='row'] { color: var(--ink); padding-left: 0; }
.matrix .yes { background: color-mix(in srgb, var(--good) 22%, var(--card)); }
.matrix .no { background: color-mix(in srgb, var(--bad) 26%, var(--card)); font-weight: 600; }
.matrix td { border-left: 1px solid var(--card); }
.views { display: flex; gap: var(--s4); flex-wrap: wrap; }

@media (max-width: 820px) {
  .matrix .ms { display: none; }
  .matrix td { text-align: center; }
  .matrix thead span { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); width: 2.5em; height: 11.5rem; line-height: 1.2; }
  .matrix :is(th, td) { padding: var(--s2) 2px; }
  table:not(.matrix) :is(th, td) { padding-right: var(--s1); }
  table:not(.matrix) th { overflow-wrap: anywhere; }
}
`
