/**
 * The frame of a report: no script, nothing from outside.
 * @param {string} title @param {string[]} parts
 */
export function page(title, ...parts) {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
${parts.join('\n')}
</html>
`
}

/** @param {string} title @param {string[]} parts */
export const section = (title, ...parts) =>
  `<section><h2>${escapeHtml(title)}</h2>${parts.join('')}</section>`

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

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2rem auto; padding: 0 1rem; color: #212529 }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #dee2e6 } h3 { margin: 1.5rem 0 .25rem }
svg, img { max-width: 100%; height: auto } .views { display: flex; gap: 1rem; flex-wrap: wrap } figure { margin: 0 }
table { border-collapse: collapse; font-size: 14px; margin: .5rem 0 } td, th { padding: .15rem .75rem; border-bottom: 1px solid #e9ecef; text-align: left }
.n { text-align: right; font-variant-numeric: tabular-nums } .small, figcaption { color: #868e96; font-size: 14px }
`
