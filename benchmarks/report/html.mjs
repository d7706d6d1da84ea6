import { barChart, scalingChart, stageChart } from './charts.mjs'

/** One self-contained page: charts as SVG, pictures as data URLs, no script. */
export function htmlReport(result, pictures = []) {
  const who = new Map(result.contenders.map(contender => [contender.id, contender]))
  const label = id => who.get(id)?.label ?? id
  const input = id => result.inputs.find(one => one.id === id) ?? { title: id }
  const ours = id => id.startsWith('sluice')
  const section = (title, ...parts) => `<section><h2>${escapeHtml(title)}</h2>${parts.join('')}</section>`

  const latency = result.inputs
    .filter(one => one.roles.includes('latency'))
    .map(one => {
      const rows = result.latency.filter(row => row.input === one.id)
      const bars = rows
        .filter(row => row.ms)
        .map(row => ({
          label: label(row.contender),
          value: row.ms.median,
          low: row.ms.low,
          high: row.ms.high,
          ours: ours(row.contender),
          yardstick: row.contender === result.yardstick,
        }))
      const cannot = rows
        .filter(row => row.cannot)
        .map(row => `${escapeHtml(label(row.contender))}: ${escapeHtml(row.cannot)}`)
      return `<h3>${escapeHtml(one.title)}</h3>${barChart({ bars, unit: 'ms' })}${table(
        ['', 'ms', `x ${escapeHtml(label(result.yardstick))}`, 'kB out'],
        rows
          .filter(row => row.ms)
          .map(row => [
            escapeHtml(label(row.contender)),
            row.ms.median.toFixed(1),
            row.ratio?.median.toFixed(2) ?? '',
            (row.bytes / 1000).toFixed(1),
          ]),
      )}${cannot.length ? `<p class="cannot">Not in this case: ${cannot.join('; ')}.</p>` : ''}`
    })

  const scaling = scalingChart({
    x: 'megapixels',
    y: 'ms',
    lines: result.contenders
      .map(({ id }) => ({
        label: label(id),
        ours: ours(id),
        points: result.scaling
          .filter(row => row.contender === id && row.ms)
          .map(row => [(input(row.input).width * input(row.input).height) / 1e6, row.ms.median])
          .sort((a, b) => a[0] - b[0]),
      }))
      .filter(line => line.points.length > 1),
  })

  const stages = stageChart({
    unit: 'ms',
    rows: result.stages.map(row => ({
      label: `${input(row.input).title}: ${label(row.contender)}`,
      parts: Object.fromEntries(Object.entries(row.stages).map(([stage, ms]) => [stage, ms.median])),
    })),
  })

  const memory = table(
    ['', '', 'process, MiB'],
    result.memory
      .filter(row => row.peak)
      .map(row => [escapeHtml(input(row.input).title), escapeHtml(label(row.contender)), mib(row.peak)]),
  )
  const throughput = table(
    ['', '', 'images a second'],
    result.throughput.map(row => [
      escapeHtml(input(row.input).title),
      escapeHtml(label(row.contender)),
      row.perSecond.toFixed(2),
    ]),
  )
  const cold = barChart({
    unit: 'ms',
    bars: result.coldStart.map(row => ({
      label: label(row.contender),
      value: row.ms.median,
      low: row.ms.low,
      high: row.ms.high,
      ours: ours(row.contender),
      yardstick: row.contender === result.yardstick,
    })),
  })
  const refusals = table(
    ['', '', 'ms', 'verdict'],
    result.refusals.map(row => [
      escapeHtml(input(row.input).title),
      escapeHtml(label(row.contender)),
      row.cannot ? '' : row.ms.toFixed(1),
      escapeHtml(row.cannot ?? row.verdict),
    ]),
  )
  const quality = table(
    ['', '', 'kB', 'SSIM, dB', 'SSIMULACRA2', 'thumb distance'],
    result.quality
      .filter(row => row.ssim !== undefined)
      .map(row => [
        escapeHtml(input(row.input).title),
        escapeHtml(label(row.contender)),
        (row.bytes / 1000).toFixed(1),
        row.ssim.toFixed(2),
        row.ssimulacra2.toFixed(1),
        row.thumb.toFixed(1),
      ]),
  )

  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sluice benchmarks, ${result.date.slice(0, 10)}</title>
<style>${style}</style>
<h1>Sluice benchmarks</h1>
<p>${escapeHtml(result.machine.cpu)}, ${result.machine.cores} cores, ${escapeHtml(result.machine.platform)}, Node ${escapeHtml(result.machine.node)}; ${result.date.slice(0, 10)}${result.quick ? '; a quick run' : ''}.
The job: decode, orient, fit inside ${result.job.maxWidth}x${result.job.maxHeight}, WebP quality ${result.job.quality} effort ${result.job.effort}. Every contender in a process of its own, taking turns; medians, whiskers are quartiles.</p>
<p>${result.contenders.map(({ label: name, version }) => `${escapeHtml(name)} ${escapeHtml(String(version))}`).join(' · ')}${result.absent.map(({ label: name, why }) => ` · ${escapeHtml(name)} took no part: ${escapeHtml(why)}`).join('')}</p>
${section('One image', ...latency)}
${section('As pictures grow', scaling)}
${section('Where the time goes', stages)}
${section('Peak memory', memory)}
${section('Throughput, all cores', throughput)}
${section('First image of a new process', cold)}
${section('Files that must be refused', refusals)}
${section('Quality against the lossless resize', quality, ...pictures.filter(picture => picture.before).map(beforeAfter))}
</html>
`
}

function beforeAfter({ title, before, after }) {
  return `<figure><img src="${before}" alt="before"><img src="${after}" alt="after"><figcaption>${escapeHtml(title)}: before and after</figcaption></figure>`
}

function table(head, rows) {
  const cell = (value, column) =>
    `<t${column} ${/^[\d.]+$/.test(value) ? 'class="n"' : ''}>${value}</t${column}>`
  return `<table><tr>${head.map(value => cell(value, 'h')).join('')}</tr>${rows.map(row => `<tr>${row.map(value => cell(value, 'd')).join('')}</tr>`).join('')}</table>`
}

const mib = bytes => (bytes / 2 ** 20).toFixed(0)
const escapeHtml = text => String(text).replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2rem auto; padding: 0 1rem; color: #212529 }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #dee2e6 } h3 { margin: 1.5rem 0 .25rem }
svg, img { max-width: 100%; height: auto } figure { margin: 1rem 0 } figure img { width: 49% }
table { border-collapse: collapse; font-size: 14px; margin: .5rem 0 } td, th { padding: .15rem .75rem; border-bottom: 1px solid #e9ecef; text-align: left }
.n { text-align: right; font-variant-numeric: tabular-nums } .cannot, figcaption { color: #868e96; font-size: 14px }
`
