// Charts of the reports, without a script: bars as HTML, curves and points as SVG. Their colours are those of the
// look, so that they follow the reader's light or dark; nothing is wider than a phone.
import * as echarts from 'echarts'
import { escapeHtml } from './page.mjs'

/**
 * @typedef {object} Bar
 * @property {string} label
 * @property {number} value
 * @property {number} [low]
 * @property {number} [high]
 * @property {boolean} [ours]
 * @property {boolean} [yardstick]
 * @property {string} [note] said behind the value
 */
/**
 * @typedef {object} Line
 * @property {string} label
 * @property {number[][]} points [x, y]
 * @property {boolean} ours
 */
/**
 * @typedef {object} Point
 * @property {string} label
 * @property {number} x
 * @property {number} y
 * @property {boolean} ours
 * @property {boolean} yardstick
 */

/** What echarts draws with, and the token of the look that takes the place of each. */
const tokens = {
  '#0b7285': 'var(--water)',
  '#1d2329': 'var(--ink)',
  '#59636c': 'var(--soft)',
  '#b9bfc4': 'var(--grey)',
  '#e2dfd6': 'var(--line)',
}
const [water, ink, soft, grey, line] = Object.keys(tokens)
const fontFamily = 'system-ui, sans-serif'

/** @param {number} value */
const shown = value => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

/**
 * Sorted bars from zero with quartile whiskers, the best first.
 * @param {{ bars: readonly Bar[], unit: string, best?: 'least' | 'most' }} chart
 */
export function barChart({ bars, unit, best = 'least' }) {
  const longest = Math.max(...bars.map(({ value, high = value }) => Math.max(value, high)))
  const sorted = [...bars].sort((a, b) => (best === 'least' ? a.value - b.value : b.value - a.value))
  const rows = sorted.map(({ label, value, low = value, high = value, ours, yardstick, note }) => {
    const whisker = `--low:${share(low, value)}%;--wide:${share(high - low, value)}%`
    const kind = ours ? 'ours' : yardstick ? 'yardstick' : ''
    const said = note ? ` <span class="soft">${escapeHtml(note)}</span>` : ''
    return `<dt>${escapeHtml(label)}</dt><dd class="${kind}"><i style="--share:${share(value, longest) / 100};${whisker}"></i><span><b>${shown(value)}</b>${said}</span></dd>`
  })
  return `<p class="small unit">${escapeHtml(unit)}</p><dl class="bars">${rows.join('')}</dl>`
}

/** In percent. @param {number} part @param {number} whole */
const share = (part, whole) => (whole > 0 ? Number(((100 * part) / whole).toFixed(2)) : 0)

/**
 * Stacked bars, one a row, each with its largest parts in words.
 * @param {{ rows: readonly { label: string, parts: Record<string, number> }[], unit: string }} chart
 */
export function stageChart({ rows, unit }) {
  const sums = new Map(rows.map(({ label, parts }) => [label, sum(Object.values(parts))]))
  const longest = Math.max(...sums.values())
  const names = [...new Set(rows.flatMap(({ parts }) => Object.keys(parts)))]
    .map(name => ({ name, ms: sum(rows.map(({ parts }) => parts[name] ?? 0)) }))
    .sort((a, b) => b.ms - a.ms)
    .map(({ name }) => name)
  const dot = (/** @type {string} */ name) => `<i class="part-${Math.min(names.indexOf(name), 3)}"`
  return `<dl class="stages">${rows
    .map(({ label, parts }) => {
      const whole = sums.get(label) ?? 0
      const largest = Object.entries(parts).sort((a, b) => b[1] - a[1])
      const told = largest.filter(([, ms], index) => index === 0 || ms / whole >= 0.02)
      return `<dt>${escapeHtml(label)} <b>${shown(whole)} ${escapeHtml(unit)}</b></dt>
<dd><span class="stack" style="--share:${share(whole, longest) / 100}">${largest.map(([name, ms]) => `${dot(name)} style="flex:${share(ms, whole)}"></i>`).join('')}</span>
<span class="small">${told.map(([name, ms]) => `<span>${dot(name)}></i>${escapeHtml(name)} ${share(ms, whole).toFixed(0)} %</span>`).join(' ')}</span></dd>`
    })
    .join('')}</dl>`
}

/** @param {readonly number[]} values */
const sum = values => values.reduce((all, value) => all + value, 0)

/**
 * Small multiples: a plot for each line, with ours in it to compare, all on the same two axes; logarithmic ones, or a
 * linear one from zero upwards.
 * @param {{ lines: readonly Line[], x: string, y: string, linear?: boolean }} chart
 */
export function scalingChart({ lines, x, y, linear = false }) {
  const own = lines.find(({ ours }) => ours)
  const points = lines.flatMap(line => line.points)
  const [xs, ys] = [points.map(([value]) => value), points.map(([, value]) => value)]
  const others = lines.filter(line => line !== own)
  const plots = (others.length > 0 ? others : lines).map(({ label, points }) => {
    const both = own && label !== own.label ? [own] : []
    const drawn = draw(
      {
        grid: { left: 44, right: 12, top: 8, bottom: 24 },
        xAxis: axis('log', xs),
        yAxis: axis(linear ? 'value' : 'log', linear ? [0, ...ys] : ys),
        series: [
          ...both.map(({ points }) => curve(points, water, 2.5)),
          curve(points, own?.label === label ? water : ink, 2),
        ],
      },
      170,
      300,
    )
    return `<figure>${drawn}<figcaption><b>${escapeHtml(label)}</b></figcaption></figure>`
  })
  const beside = own && others.length > 0 ? `, each beside <b class="water">${escapeHtml(own.label)}</b>` : ''
  return `<p class="small unit">${escapeHtml(`${y}, over ${x}`)}${beside}</p><div class="multiples">${plots.join('')}</div>`
}

/** @param {number[][]} data @param {string} color @param {number} width */
const curve = (data, color, width) => ({
  type: 'line',
  data,
  symbol: 'circle',
  symbolSize: 6,
  itemStyle: { color },
  lineStyle: { color, width },
})

/**
 * What each gives for its time. Ours and the yardstick have their names, and others that lie apart from both.
 * @param {{ points: readonly Point[], x: string, y: string }} chart
 */
export function scatterChart({ points, x, y }) {
  const xs = points.map(point => point.x)
  const ys = points.map(point => point.y)
  const [wide, high] = [Math.log(Math.max(...xs) / Math.min(...xs)), Math.max(...ys) - Math.min(...ys)]
  const named = [points.find(({ ours }) => ours), points.find(({ yardstick }) => yardstick)]
  /** @param {Point} point */
  const isApart = point =>
    named.every(
      other =>
        !other || Math.hypot(Math.log(point.x / other.x) / wide, (point.y - other.y) / high) > minDistance,
    )
  const drawn = draw(
    {
      grid: { left: 44, right: 84, top: 12, bottom: 24 },
      xAxis: axis('log', xs),
      yAxis: { ...axis('value', ys), min: undefined, max: undefined, scale: true },
      series: [
        {
          type: 'scatter',
          symbolSize: 9,
          data: points.map(point => {
            const color = point.ours ? water : point.yardstick ? ink : soft
            const show = named.includes(point) || isApart(point)
            const itemStyle = { color, opacity: 1 }
            return { value: [point.x, point.y], name: point.label, itemStyle, label: { color, show } }
          }),
          label: { position: 'right', fontSize: 12, formatter: '{b}' },
          labelLayout: { hideOverlap: true },
        },
      ],
    },
    280,
    360,
  )
  return `<div><p class="small unit">${escapeHtml(`${y}, over ${x}`)}</p>${drawn}</div>`
}

/** Between two names, in parts of the plot. */
const minDistance = 0.12

/**
 * @param {'log' | 'value'} type @param {readonly number[]} values that it must show
 */
function axis(type, values) {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = type === 'log' ? {} : { min: Math.floor(least), max: Math.ceil(most) }
  return {
    type,
    ...(type === 'log' ? { min: decade(least, Math.floor), max: decade(most, Math.ceil) } : room),
    axisLabel: { color: soft, fontSize: 11, hideOverlap: true },
    axisLine: { lineStyle: { color: grey } },
    axisTick: { lineStyle: { color: grey } },
    splitLine: { lineStyle: { color: line } },
  }
}

/** @param {number} value @param {(value: number) => number} round */
const decade = (value, round) => 10 ** round(Math.log10(value) + (round === Math.ceil ? -1e-9 : 1e-9))

/** @param {import('echarts').EChartsCoreOption} option @param {number} height @param {number} width */
function draw(option, height, width) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({ animation: false, backgroundColor: 'transparent', textStyle: { fontFamily }, ...option })
  const svg = chart.renderToSVGString()
  chart.dispose() // or its timer keeps the process alive
  return Object.entries(tokens).reduce((text, [drawn, token]) => text.replaceAll(drawn, token), svg)
}
