import { barChart, scalingChart, scatterChart, stageChart } from './charts.mjs'
import { headlineRows, ratioText, sandboxCost } from './headline.mjs'
import { escapeHtml, page, section, table } from './page.mjs'
import { contenderOrWorker } from './terminal.mjs'

/** @import { BeforeAfter, InputFacts, LatencyRow, RefusalRow, Result, Row, Summary } from '../types.js' */

/**
 * One self-contained page: charts as SVG, pictures as data URLs, no script.
 * @param {Result} result of measures/measure.mjs
 * @param {readonly BeforeAfter[]} pictures
 */
export function htmlReport(result, pictures = []) {
  const who = new Map(result.contenders.map(contender => [contender.id, contender]))
  /** @param {string} id */
  const label = id => who.get(id)?.label ?? id
  /** @param {string} id @returns {Partial<InputFacts>} */
  const input = id => result.inputs.find(one => one.id === id) ?? {}
  /** @param {string} id */
  const title = id => input(id).title ?? id
  const { job, machine } = result

  /** @param {Row} row @param {Summary} summary @param {readonly string[]} notes @param {string} name */
  const bar = (row, summary, notes, name = label(row.contender)) => ({
    label: name,
    value: summary.median,
    low: summary.low,
    high: summary.high,
    ours: who.get(row.contender)?.ours ?? row.contender.startsWith('sluice'),
    yardstick: row.contender === result.yardstick,
    note: [
      ...(row.ratio && row.contender !== result.yardstick ? [`× ${ratioText(row)}`] : []),
      ...notes,
    ].join(', '),
  })
  /**
   * @template {Row} Measured
   * @param {readonly Measured[]} rows
   * @param {(rows: readonly Measured[]) => string} draw
   */
  const byInput = (rows, draw) =>
    [...new Set(rows.map(row => row.input))].map(
      id => `<h3>${escapeHtml(title(id))}</h3>${draw(rows.filter(row => row.input === id))}`,
    )
  /** @param {readonly { contender: string, cannot?: string | undefined }[]} rows */
  const cannot = rows => {
    const list = rows
      .filter(row => row.cannot)
      .map(row => escapeHtml(`${label(row.contender)}: ${row.cannot}`))
    return list.length ? `<p class="small">Not in this case: ${list.join('; ')}.</p>` : ''
  }

  const latency = byInput(result.latency, rows => {
    const able = rows.filter(row => row.ms !== undefined)
    const bars = able.map(row => bar(row, row.ms, [`${(row.bytes / 1000).toFixed(0)} kB`]))
    return `${barChart({ bars, unit: `ms, × ${label(result.yardstick)}, bytes of the result` })}${cannot(rows)}`
  })
  /**
   * @param {readonly LatencyRow[]} rows @param {string} x
   * @param {(input: Partial<InputFacts>) => number} along
   */
  const curves = (rows, x, along) =>
    scalingChart({
      x,
      y: 'ms',
      lines: result.contenders
        .map(({ id, ours }) => ({
          label: label(id),
          ours,
          points: rows
            .filter(row => row.contender === id)
            .filter(row => row.ms !== undefined)
            .map(row => [along(input(row.input)), row.ms.median])
            .sort((a, b) => a[0] - b[0]),
        }))
        .filter(line => line.points.length > 1),
    })
  const growing = [
    curves(result.scaling, 'megapixels', ({ width = 0, height = 0 }) => (width * height) / 1e6),
    ...(result.frames.length > 0
      ? ['<h3>Animations</h3>', curves(result.frames, 'frames of 320x180', ({ frames = 0 }) => frames)]
      : []),
  ]
  const stages = stageChart({
    unit: 'ms',
    rows: result.stages.map(row => ({
      label: `${title(row.input)}: ${label(row.contender)}`,
      parts: Object.fromEntries(Object.entries(row.stages).map(([stage, ms]) => [stage, ms.median])),
    })),
  })
  const memory = byInput(result.memory, rows => {
    const able = rows.filter(row => row.peak !== undefined)
    const bars = able.map(row =>
      bar(
        row,
        inMib(row.peak),
        row.wasm ? [`${inMib({ ...row.peak, median: row.wasm }).median.toFixed(0)} in WASM`] : [],
      ),
    )
    return `${barChart({ bars, unit: `MiB of the process, × ${label(result.yardstick)}` })}${cannot(rows)}`
  })
  const throughput = byInput(result.throughput, rows =>
    barChart({ bars: rows.map(row => bar(row, row.perSecond, [])), unit: 'images a second', best: 'most' }),
  )
  const cold = barChart({
    unit: `ms, × ${label(result.yardstick)}`,
    bars: result.coldStart.map(row => bar(row, row.ms, [], contenderOrWorker(label, row))),
  })
  const quality = byInput(result.quality, rows => {
    const able = rows.filter(row => row.ssim !== undefined)
    const points = able.flatMap(({ input, contender, ssimulacra2 }) => {
      const ms = result.latency.find(row => row.input === input && row.contender === contender)?.ms?.median
      const { ours = false } = who.get(contender) ?? {}
      return ms === undefined
        ? []
        : [{ label: contender, x: ms, y: ssimulacra2, ours, yardstick: contender === result.yardstick }]
    })
    const cells = able.map(row => [
      label(row.contender),
      (row.bytes / 1000).toFixed(1),
      row.ssim.toFixed(2),
      row.ssimulacra2.toFixed(1),
      row.thumb.toFixed(1),
    ])
    return `<div class="beside">${scatterChart({ points, x: 'ms', y: 'SSIMULACRA2' })}${table(['', 'kB', 'SSIM, dB', 'SSIMULACRA2', 'thumb distance'], cells)}</div>${cannot(rows)}`
  })
  const sandbox = barChart({
    unit: 'time, × jSquash as documented',
    bars: sandboxCost(result).map(({ input: id, ratio }) => ({ label: title(id), value: ratio, ours: true })),
  })

  return page(
    `Sluice benchmarks, ${result.date.slice(0, 10)}`,
    `<div><h1>Sluice benchmarks</h1>
<p>${escapeHtml(`${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}; ${result.date.slice(0, 10)}${result.quick ? '; a quick run, of fewer rounds and inputs' : ''}.`)}
The job: decode, orient, fit inside ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality} effort ${job.effort}. Every contender in a process of its own, taking turns; medians, whiskers are quartiles.</p>
<p class="small">${result.contenders.map(({ label: name, version }) => escapeHtml(`${name} ${version}`)).join(' · ')}${result.absent.map(({ label: name, why }) => escapeHtml(` · ${name} took no part: ${why}`)).join('')}</p></div>`,
    numbers(result, label, title),
    section(`${label(result.focus)} against ${label(result.yardstick)}`, ratios(result, label, title)),
    section('One image', ...latency),
    section('As pictures grow', ...growing),
    section('Where the time goes', stages),
    section('Peak memory', ...memory),
    section('Throughput, all cores', ...throughput),
    section('First image of a new process', cold),
    section(
      'Cost of the sandbox',
      '<p>jSquash in the sandbox with the whole pipeline around it, over jSquash as documented. Below 1 where the defaults of its resizer cost more than the sandbox; sandbox.bench.mjs takes the price apart.</p>',
      sandbox,
    ),
    section('Files that must be refused', matrix(result.refusals, label, title)),
    section('Quality against the lossless resize', ...quality, ...pictures.map(beforeAfter)),
  )
}

/** @typedef {(id: string) => string} Named */

/** The first ratio of each measure, large. @param {Result} result @param {Named} label @param {Named} title */
function numbers(result, label, title) {
  const settled = headlineRows(result).filter(({ row }) => !row.unsettled)
  const first = settled.filter(
    ({ measure }, index) => settled.findIndex(one => one.measure === measure) === index,
  )
  return `<dl class="numbers card">${first
    .map(
      ({ what, row }) =>
        `<div><dt>${escapeHtml(what)}</dt><dd>${ratioText(row)}<small>× ${escapeHtml(`${label(result.yardstick)}; ${title(row.input)}`)}</small></dd></div>`,
    )
    .join('')}</dl>`
}

/** All ratios that are better when lower, sorted. @param {Result} result @param {Named} label @param {Named} title */
function ratios(result, label, title) {
  const rows = headlineRows(result).filter(({ better }) => better === 'lower')
  const bars = rows.flatMap(({ what, row: { input, ratio, unsettled } }) =>
    ratio && !unsettled
      ? [
          {
            label: `${what}: ${title(input)}`,
            value: ratio.median,
            low: ratio.low,
            high: ratio.high,
            ours: true,
          },
        ]
      : [],
  )
  const yardstick = { label: label(result.yardstick), value: 1, yardstick: true }
  const open = rows
    .filter(({ row }) => row.unsettled)
    .map(({ what, row }) => `${what}: ${title(row.input)}, ${ratioText(row)}`)
  const said = open.length
    ? `<p class="small">${escapeHtml(`Two passes did not agree on ${open.join('; ')}.`)}</p>`
    : ''
  return `${barChart({ bars: [...bars, yardstick], unit: `× ${label(result.yardstick)}; less is better` })}${said}`
}

/**
 * Who refuses what: a row a contender, a column a file.
 * @param {readonly RefusalRow[]} rows @param {Named} label @param {Named} title
 */
function matrix(rows, label, title) {
  const [files, contenders] = [
    [...new Set(rows.map(row => row.input))],
    [...new Set(rows.map(row => row.contender))],
  ]
  /** @param {RefusalRow | undefined} row */
  const cell = row => {
    if (!row) return '<td></td>'
    const said = row.cannot ?? row.verdict
    const isRefused = row.cannot === undefined && row.verdict !== 'accepted'
    const time =
      row.ms === undefined
        ? ''
        : ` <span class="ms">${row.ms < 1000 ? `${row.ms.toFixed(0)} ms` : `${(row.ms / 1000).toFixed(1)} s`}</span>`
    return `<td class="${isRefused ? 'yes' : 'no'}" title="${escapeHtml(said)}"><span aria-hidden="true">${isRefused ? '✓' : '✗'}</span><span class="unseen">${escapeHtml(said)}</span>${time}</td>`
  }
  const lines = contenders.map(
    id =>
      `<tr><th scope="row">${escapeHtml(label(id))}</th>${files.map(file => cell(rows.find(row => row.input === file && row.contender === id))).join('')}</tr>`,
  )
  const heads = files.map(file => `<th scope="col"><span>${escapeHtml(title(file))}</span></th>`)
  return `<p>✓ refused, ✗ accepted or without an answer in time.</p><table class="matrix"><thead><tr><td></td>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`
}

/** Details at full size, side by side. @param {BeforeAfter} shown */
function beforeAfter({ title, views }) {
  const images = views.map(
    ({ label, url }) =>
      `<figure><img src="${url}" alt=""><figcaption>${escapeHtml(label)}</figcaption></figure>`,
  )
  return `<h3>${escapeHtml(title)}, a detail</h3><div class="views">${images.join('')}</div>`
}

/** @param {Summary} summary @returns {Summary} */
const inMib = ({ median, low, high, rounds }) => ({
  rounds,
  median: median / 2 ** 20,
  low: low / 2 ** 20,
  high: high / 2 ** 20,
})
