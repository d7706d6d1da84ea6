import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { look } from '@sluice/look'
import { escapeHtml } from '../report/page.mjs'
import { CROP } from './judge.mjs'

/** @import { GalleryRow, Shown, Size } from '../types.js' */

/** @param {string} name */
const here = name => readFile(new URL(name, import.meta.url), 'utf8')
/** @typedef {Exclude<Shown, { refused: string }>} Drawn */
/** @typedef {Size & { readonly x: number, readonly y: number }} Place */

/** How many times the crops are magnified. */
const TIMES = 4
/** From here on a person should look: distance of thumbs, SSIM below sharp's, bytes above sharp's. */
const LOOK = { distance: 16, ssim: 0.003, bytes: 0.05 }

/**
 * One self-contained page but for the pictures, which lie beside it.
 * @param {readonly GalleryRow[]} rows @param {boolean} corpusIsHere
 */
export async function page(rows, corpusIsHere) {
  const kinds = [...new Set(rows.map(row => row.kind))]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sluice gallery</title>
<style>${look}${await here('page.css')}</style>
<div class="page">
<header>
<h1>Gallery</h1>
<p>${rows.length} uploads, what Sluice makes of them, and what sharp makes of them at the same settings (inside 1600 × 1600, WebP
quality 82, effort 6). Distance: largest difference of 8 × 8 thumbs, per reference thumb. SSIM: against the original, oriented, converted and
resized without loss. Crops: ${TIMES} times, where ours differs most from that.${corpusIsHere ? '' : ' Without the corpus: fixtures alone.'}</p>
<nav>
<fieldset id="kinds"><button aria-pressed="true">all</button>${kinds.map(kind => `<button>${kind}</button>`).join('')}</fieldset>
<label>Sort by <select id="sort"><option value="order">order<option value="distance">distance<option value="ssim">SSIM beside sharp’s<option value="ratio">bytes beside sharp’s</select></label>
<label>Ground <select id="ground"><option value="checks">checks<option>white<option>black</select></label>
</nav>
</header>
<main>
${rows.map(article).join('\n')}
</main>
</div>
<script>${await here('page.client.js')}</script>
</html>
`
}

/** @param {GalleryRow} row @param {number} index */
function article({ kind, what, name, input, ours, sharp }, index) {
  const [a, b] = [ours, sharp].map(shown => (shown.refused === undefined ? shown : undefined))
  const least = Math.min(...(a?.distances ?? []).map(([, distance]) => distance))
  const difference = (a?.ssim ?? 0) - (b?.ssim ?? 0)
  const bothSsim = a?.ssim !== undefined && b?.ssim !== undefined
  const ratio = a && b ? a.bytes / b.bytes : 1
  const marks = [
    ...(least > LOOK.distance && least < Infinity ? [`distance ${least}`] : []),
    ...(bothSsim && difference < -LOOK.ssim ? [`SSIM ${difference.toFixed(4)}`] : []),
    ...(ratio > 1 + LOOK.bytes ? [`${((ratio - 1) * 100).toFixed(0)} % more bytes`] : []),
    ...(ours.refused !== undefined ? [`refused: ${ours.refused}`] : []),
  ]
  const place = a && { x: 0, y: 0, ...a.worst, width: a.width ?? 0, height: a.height ?? 0 }
  const data = `data-kind="${kind}" data-order="${index}" data-distance="${least < Infinity ? -least : 0}" data-ssim="${bothSsim ? difference : 0}" data-ratio="${-ratio}"`
  return `<article class="card" ${data}>
<h2>${escapeHtml(what)} ${marks.map(mark => `<mark>${escapeHtml(mark)}</mark>`).join(' ')}</h2>
<p class="name">${index + 1} · ${kind} · <span title="${escapeHtml(name)}">${escapeHtml(basename(name))}</span></p>
<div class="row">${figure('input', input, place)}${figure('Sluice', ours, place)}${figure('sharp', sharp, place)}</div>
</article>`
}

/** @param {string} title @param {Shown} shown @param {Place | undefined} place */
function figure(title, shown, place) {
  if (shown.refused !== undefined)
    return `<figure><figcaption><b>${title}</b> refused: ${escapeHtml(shown.refused)}</figcaption></figure>`
  return `<figure>
<a class="shown" href="${shown.file}"><img loading="lazy" src="${shown.file}" alt="${title}"${tiny(shown)}></a>
${place ? crop(shown.file, place) : ''}
<figcaption><b>${title}</b> ${facts(shown).map(escapeHtml).join(' · ')}</figcaption>
</figure>`
}

/** Pictures of some pixels are shown large enough to be seen. @param {Partial<Size>} size */
function tiny({ width = 100, height = 100 }) {
  const times = Math.floor(160 / Math.max(width, height))
  return times > 1 ? ` class="tiny" style="width:${width * times}px"` : ''
}

/**
 * The same part of the picture in all three, whatever size the file has.
 * @param {string} file @param {Place} place
 */
function crop(file, { x, y, width, height }) {
  /** @param {number} n */
  const side = n => `${Math.min(CROP, n) * TIMES}px`
  return `<div class="crop" style="width:${side(width)};height:${side(height)}"><i style="background-image:url(${file});background-size:${width * TIMES}px ${height * TIMES}px;background-position:${-x * TIMES}px ${-y * TIMES}px"></i></div>`
}

/** @param {Drawn} shown */
function facts({ width, height, bytes, format, frames = 1, seconds = 0, loop, ssim, distances = [] }) {
  return [
    ...(width ? [`${width}×${height}`] : []),
    ...(format ? [format] : []),
    bytes < 10_000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`,
    ...(frames > 1
      ? [`${frames} frames, ${seconds.toFixed(2)} s, ${loop ? `${loop} times` : 'for ever'}`]
      : []),
    ...(ssim === undefined ? [] : [`SSIM ${ssim.toFixed(4)}`]),
    ...(distances.length
      ? [`distance ${distances.map(([name, value]) => `${value} ${name}`).join(', ')}`]
      : []),
  ]
}
