// The results as a page: table, curves of each picture, and crops at 400 % of source, ours and libwebp.
import { createRequire } from 'node:module'
import * as echarts from 'echarts'
import { ENCODERS } from './encoders.mjs'
import { decodeWebp } from './libwebp.mjs'
import { METRICS } from './measure.mjs'
import { crop } from './photographs.mjs'

/**
 * @import { EncoderResult, EncoderSummary, MeasuredPicture, Metric, NamedPicture, Picture } from '../types.js'
 */

const sharp = createRequire(new URL('../rivals/package.json', import.meta.url))('sharp')
/** @type {Record<Metric, string>} */
const TITLES = { luma: 'luma PSNR, dB', rgb: 'RGB PSNR, dB', ssim: 'SSIM, dB', ssimulacra2: 'SSIMULACRA 2' }
const DRAWN = ['ours effort 6', 'ours effort 2', '@jsquash/webp method 6', '@jsquash/webp method 2']
const CROP = 80

/** @param {string} text */
const html = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)

/** @param {MeasuredPicture} picture @param {Metric} metric */
function chart({ width, height, curves }, metric) {
  const view = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 310, height: 270 })
  view.setOption({
    animation: false,
    title: { text: TITLES[metric], textStyle: { fontSize: 12 }, left: 'center', top: 0 },
    grid: { left: 40, right: 10, top: 70, bottom: 40 },
    legend: { top: 22, itemWidth: 12, textStyle: { fontSize: 9 } },
    xAxis: { type: 'log', name: 'bits per pixel', nameLocation: 'middle', nameGap: 22 },
    yAxis: { type: 'value', scale: true },
    series: DRAWN.map(name => ({
      name,
      type: 'line',
      data: curves[name].map(p => [(8 * p.bytes) / width / height, p[metric]]),
    })),
  })
  const svg = view.renderToSVGString()
  view.dispose() // or its timer keeps the process alive
  return svg
}

/** @param {Picture} picture */
async function dataUrl({ rgba, width, height }) {
  const webp = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .webp({ lossless: true })
    .toBuffer()
  return `data:image/webp;base64,${webp.toString('base64')}`
}

/**
 * Source, ours and the reference at one quality, where libwebp took about as many bytes.
 * @param {NamedPicture} picture @param {string} reference
 */
async function crops(picture, reference) {
  /** @type {[label: string, part: Picture][]} */
  const figures = [['source', crop(picture, CROP)]]
  for (const name of ['ours effort 6', reference]) {
    const bytes = await ENCODERS.find(e => e.name === name)?.encode(picture, 60)
    if (!bytes) throw new Error(`no encoder is called ${name}`)
    const decoded = crop({ ...picture, ...(await decodeWebp(bytes)) }, CROP)
    figures.push([`${name}, quality 60, ${bytes.length} bytes`, decoded])
  }
  const images = await Promise.all(
    figures.map(
      async ([label, part]) =>
        `<figure><img src="${await dataUrl(part)}" alt=""><figcaption>${html(label)}</figcaption></figure>`,
    ),
  )
  return `<div class="crops">${images.join('')}</div>`
}

/** @param {readonly EncoderSummary[]} summary */
const table =
  summary => `<table><tr><th>encoder<th>time<th>bytes at 82${METRICS.map(m => `<th>${TITLES[m].split(',')[0]}<th>worst`).join('')}</tr>
${summary
  .map(
    s =>
      `<tr><td>${html(s.name)}<td>${s.time.toFixed(2)}<td>${s.bytesAt82.mean.toFixed(3)}${METRICS.map(m => `<td>${s.bdRate[m].mean.toFixed(1)}<td>${s.bdRate[m].worst.toFixed(1)}`).join('')}</tr>`,
  )
  .join('\n')}</table>`

/**
 * @param {EncoderResult} result
 * @param {AsyncIterable<NamedPicture>} pictures that were measured, in the order of the results
 */
export async function page(result, pictures) {
  /** @type {string[]} */
  const sections = []
  for await (const picture of pictures) {
    const measured = result.pictures[sections.length]
    if (measured?.name !== picture.name) throw new Error(`${picture.name} is not in the results at its place`)
    const charts = METRICS.map(metric => chart(measured, metric))
    sections.push(
      `<h2>${html(picture.name)} ${picture.width} x ${picture.height}</h2><div>${charts.join('')}</div>${await crops(picture, result.reference)}`,
    )
  }
  return `<!doctype html><meta charset="utf-8"><title>WebP encoders</title>
<style>body{font:14px/1.4 system-ui;margin:2em;max-width:1300px}td,th{padding:.15em .6em;text-align:right}td:first-child{text-align:left}
.crops{display:flex;gap:8px}figure{margin:0}img{width:${CROP * 4}px;image-rendering:pixelated}</style>
<h1>WebP encoders at equal quality</h1>
<p>Bytes in percent of ${html(result.reference)} at equal quality (Bjontegaard; less is better), mean and worst of ${result.pictures.length} pictures; time as a
share of the same. ${html(result.machine)}, Node ${html(result.node)}, cwebp ${html(result.cwebp)}${result.crop ? `, the middle ${result.crop} pixels of each picture` : ''}.</p>
${table(result.summary)}
${sections.join('\n')}
`
}
