import { barChart, scalingChart, stageChart } from './charts.mjs'
import { costliestStages, headline, ratioText, sandboxCost, stagesText } from './headline.mjs'
import { escapeHtml, page, section, table } from './page.mjs'
import { contenderOrWorker } from './terminal.mjs'

/** @import { BeforeAfter, InputFacts, LatencyRow, Result, Row, Summary } from '../types.js' */

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
  /** @param {{ input: string, contender: string }} row */
  const both = row => [title(row.input), label(row.contender)]
  const { job, machine } = result

  /** @param {Row} row @param {Summary} summary @param {string} name */
  const bar = (row, summary, name = label(row.contender)) => ({
    label: name,
    value: summary.median,
    low: summary.low,
    high: summary.high,
    ours: who.get(row.contender)?.ours ?? row.contender.startsWith('sluice'),
    yardstick: row.contender === result.yardstick,
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
    const cells = able.map(row => [
      label(row.contender),
      row.ms.median.toFixed(1),
      ratioText(row),
      (row.bytes / 1000).toFixed(1),
      String(row.ms.rounds),
    ])
    return `${barChart({ bars: able.map(row => bar(row, row.ms)), unit: 'ms' })}${table(
      ['', 'ms', `x ${label(result.yardstick)}`, 'kB out', 'rounds'],
      cells,
    )}${cannot(rows)}`
  })
  /**
   * @param {readonly LatencyRow[]} rows @param {string} x
   * @param {(input: Partial<InputFacts>) => number} along
   */
  const curve = (rows, x, along) =>
    scalingChart({
      x,
      y: 'ms',
      lines: result.contenders
        .map(({ id, ours }) => ({
          label: label(id),
          ours,
          // The same in every chart, whoever is missing there.
          place: result.contenders.filter(each => !each.ours === !ours).findIndex(each => each.id === id),
          points: rows
            .filter(row => row.contender === id)
            .filter(row => row.ms !== undefined)
            .map(row => [along(input(row.input)), row.ms.median])
            .sort((a, b) => a[0] - b[0]),
        }))
        .filter(line => line.points.length > 1),
    })
  const growing = [curve(result.scaling, 'megapixels', ({ width = 0, height = 0 }) => (width * height) / 1e6)]
  if (result.frames.length > 0)
    growing.push(
      '<h3>As animations grow</h3>',
      curve(result.frames, 'frames of 320x180', ({ frames = 0 }) => frames),
    )

  const stages = stageChart({
    unit: 'ms',
    rows: result.stages.map(row => ({
      label: `${title(row.input)}: ${label(row.contender)}`,
      parts: Object.fromEntries(Object.entries(row.stages).map(([stage, ms]) => [stage, ms.median])),
    })),
  })
  const costliest = costliestStages(result).map(
    row => `<li>${escapeHtml(`${title(row.input)}: ${stagesText(row)}`)}</li>`,
  )

  const memory = byInput(result.memory, rows => {
    const able = rows.filter(row => row.peak !== undefined)
    const cells = able.map(row => [
      label(row.contender),
      mib(row.peak.median),
      row.wasm ? mib(row.wasm) : '',
      ratioText(row),
    ])
    const bars = able.map(row => bar(row, inMib(row.peak)))
    return `${barChart({ bars, unit: 'MiB of the process' })}${table(['', 'process, MiB', 'WASM, MiB', 'ratio'], cells)}${cannot(rows)}`
  })
  const throughput = byInput(result.throughput, rows =>
    barChart({ bars: rows.map(row => bar(row, row.perSecond)), unit: 'images a second' }),
  )
  const cold = barChart({
    unit: 'ms',
    bars: result.coldStart.map(row => bar(row, row.ms, contenderOrWorker(label, row))),
  })
  const refusals = table(
    ['', '', 'ms', 'kB read', 'verdict'],
    result.refusals.map(row => [
      ...both(row),
      ...(row.cannot !== undefined
        ? ['', '', row.cannot]
        : [row.ms.toFixed(1), (row.read / 1000).toFixed(0), row.verdict]),
    ]),
  )
  const quality = table(
    ['', '', 'kB', 'SSIM, dB', 'SSIMULACRA2', 'thumb distance'],
    result.quality
      .filter(row => row.ssim !== undefined)
      .map(row => [
        ...both(row),
        (row.bytes / 1000).toFixed(1),
        row.ssim.toFixed(2),
        row.ssimulacra2.toFixed(1),
        row.thumb.toFixed(1),
      ]),
  )
  const sandbox = table(
    ['', 'time, x jSquash as documented'],
    sandboxCost(result).map(({ input: id, ratio }) => [title(id), ratio.toFixed(2)]),
  )

  return page(
    `Sluice benchmarks, ${result.date.slice(0, 10)}`,
    `<h1>Sluice benchmarks</h1>
<p>${escapeHtml(`${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}; ${result.date.slice(0, 10)}${result.quick ? '; a quick run, of fewer rounds and inputs' : ''}.`)}
The job: decode, orient, fit inside ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality} effort ${job.effort}. Every contender in a process of its own, taking turns; medians, whiskers are quartiles.</p>
<p class="small">${result.contenders.map(({ label: name, version }) => escapeHtml(`${name} ${version}`)).join(' · ')}${result.absent.map(({ label: name, why }) => escapeHtml(` · ${name} took no part: ${why}`)).join('')}</p>`,
    section(
      `${label(result.focus)} against ${label(result.yardstick)}`,
      table(
        ['', 'ratio', ''],
        headline(result).map(line => [line.title, line.ratio, line.meaning]),
      ),
    ),
    section('One image', ...latency),
    section('As pictures grow', ...growing),
    section('Where the time goes', stages, `<p>Most costly:</p><ul>${costliest.join('')}</ul>`),
    section('Peak memory', ...memory),
    section('Throughput, all cores', ...throughput),
    section('First image of a new process', cold),
    section(
      'Cost of the sandbox',
      '<p>jSquash in the sandbox with the whole pipeline around it, over jSquash as documented. Under 1 where the defaults of its resizer cost more than the walls; sandbox.bench.mjs takes the price apart.</p>',
      sandbox,
    ),
    section('Files that must be refused', refusals),
    section('Quality against the lossless resize', quality, ...pictures.map(beforeAfter)),
  )
}

/** Details at full size, side by side. @param {BeforeAfter} shown */
function beforeAfter({ title, views }) {
  const images = views.map(
    ({ label, url }) =>
      `<figure><img src="${url}" alt=""><figcaption>${escapeHtml(label)}</figcaption></figure>`,
  )
  return `<h3>${escapeHtml(title)}, a detail</h3><div class="views">${images.join('')}</div>`
}

/** @param {number} bytes */
const mib = bytes => (bytes / 2 ** 20).toFixed(0)
/** @param {Summary} summary @returns {Summary} */
const inMib = ({ median, low, high, rounds }) => ({
  rounds,
  median: median / 2 ** 20,
  low: low / 2 ** 20,
  high: high / 2 ** 20,
})
