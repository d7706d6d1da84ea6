import * as echarts from 'echarts'

/**
 * @typedef {object} Bar
 * @property {string} label
 * @property {number} value
 * @property {number} [low]
 * @property {number} [high]
 * @property {boolean} [ours]
 * @property {boolean} [yardstick]
 */
/**
 * @typedef {object} Line
 * @property {string} label
 * @property {number[][]} points [x, y]
 * @property {boolean} ours
 * @property {number} place the place among ours or the rivals is a colour
 */

// Drawn on the server as SVG: the page needs no script and opens from disk.
const font = 'system-ui, sans-serif'
const colours = { ours: '#0b7285', rival: '#adb5bd', yardstick: '#495057' }
const ownLines = ['#0b7285', '#3bc9db', '#99e9f2']
const rivalLines = ['#e8590c', '#212529', '#868e96', '#7048e8', '#d6336c', '#74b816', '#f59f00']

/** @param {import('echarts').EChartsCoreOption} option @param {number} height @param {number} width */
function draw(option, height, width = 860) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({ animation: false, backgroundColor: '#fff', textStyle: { fontFamily: font }, ...option })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/**
 * Horizontal bars with quartile whiskers.
 * @param {{ bars: readonly Bar[], unit: string }} chart
 */
export function barChart({ bars, unit }) {
  const rows = [...bars].reverse()
  return draw(
    {
      grid: { left: 220, right: 70, top: 10, bottom: 40 },
      xAxis: { type: 'value', name: unit, nameLocation: 'middle', nameGap: 26 },
      yAxis: { type: 'category', data: rows.map(bar => bar.label), axisTick: { show: false } },
      series: [
        {
          type: 'bar',
          barWidth: 16,
          data: rows.map(bar => ({
            value: bar.value,
            itemStyle: { color: bar.ours ? colours.ours : bar.yardstick ? colours.yardstick : colours.rival },
          })),
          label: {
            show: true,
            position: 'right',
            distance: 28,
            /** @param {{ value: number }} bar */
            formatter: ({ value }) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3)),
          },
        },
        {
          type: 'custom',
          data: rows.map((bar, index) => [index, bar.low ?? bar.value, bar.high ?? bar.value]),
          encode: { x: [1, 2], y: 0 },
          /** @param {unknown} _params @param {import('echarts').CustomSeriesRenderItemAPI} api */
          renderItem: (_params, api) => {
            const [low, high] = [
              api.coord([api.value(1), api.value(0)]),
              api.coord([api.value(2), api.value(0)]),
            ]
            const style = { stroke: '#212529', lineWidth: 1.5 }
            /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
            const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style })
            return {
              type: 'group',
              children: [
                line(low[0], low[1], high[0], high[1]),
                line(low[0], low[1] - 4, low[0], low[1] + 4),
                line(high[0], high[1] - 4, high[0], high[1] + 4),
              ],
            }
          },
        },
      ],
    },
    50 + rows.length * 28,
  )
}

/**
 * Lines on two log axes, or over a linear one from zero.
 * @param {{ lines: readonly Line[], x: string, y: string, linear?: boolean }} chart
 */
export function scalingChart({ lines, x, y, linear = false }) {
  /** @param {string} name */
  const axis = name => ({
    type: 'log',
    name,
    nameLocation: 'middle',
    nameGap: 32,
    minorSplitLine: { show: true },
  })
  /** @param {Line} line */
  const colour = ({ ours, place }) =>
    ours ? ownLines[place % ownLines.length] : rivalLines[place % rivalLines.length]
  return draw(
    {
      grid: { left: 70, right: 260, top: 20, bottom: 50 },
      legend: { right: 30, top: 'middle', orient: 'vertical' },
      xAxis: axis(x),
      yAxis: { ...axis(y), nameGap: 45, ...(linear ? { type: 'value' } : {}) },
      series: lines.map(line => ({
        name: line.label,
        type: 'line',
        data: line.points,
        itemStyle: { color: colour(line) },
        symbolSize: 7,
        lineStyle: { width: line.ours ? 3 : 1.5 },
      })),
    },
    380,
  )
}

/**
 * One bar a row, cut into stages; `rows` = [{ label, parts: { name: ms } }].
 * @param {{ rows: readonly { label: string, parts: Record<string, number> }[], unit: string }} chart
 */
export function stageChart({ rows, unit }) {
  const names = [...new Set(rows.flatMap(row => Object.keys(row.parts)))]
  return draw(
    {
      grid: { left: 450, right: 30, top: 30, bottom: 40 },
      // The width of the text is guessed on the server, a little too small.
      legend: { top: 0, itemGap: 22 },
      xAxis: { type: 'value', name: unit, nameLocation: 'middle', nameGap: 26 },
      yAxis: { type: 'category', inverse: true, data: rows.map(row => row.label) },
      series: names.map(name => ({
        name,
        type: 'bar',
        stack: 'stages',
        barWidth: 16,
        data: rows.map(row => row.parts[name] ?? 0),
      })),
    },
    90 + rows.length * 28,
  )
}
