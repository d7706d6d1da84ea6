import { nameOfKind } from './kinds.js'
import type { PassedStage, Report } from './report.js'
import { sayBytes, sayFuel, sayMs, sayPixels, sayTurn } from './words.js'

export interface StageRow {
  readonly name: string
  readonly state: 'waiting' | 'now' | 'done' | 'refused'
  readonly text: string
}

/** What is drawn in one stage of the pipeline, shown as its steps. */
const steps = ['decode', 'turn', 'resize', 'encode'] as const
const names = ['admit', 'sniff', 'probe', ...steps, 'verify'] as const
type Name = (typeof names)[number]

const stageOf = (name: Name): PassedStage =>
  steps.some(step => step === name) ? 'render' : (name as PassedStage)

/** Where a refusal is shown. */
const shownAt: Readonly<Record<string, Name>> = {
  guard: 'admit',
  receive: 'admit',
  render: 'decode',
  store: 'verify',
}

export function stageRows(report: Report): readonly StageRow[] {
  const { ms, refused, made } = report
  const at = refused && (shownAt[refused.stage] ?? refused.stage)
  const next = refused || made ? undefined : names.find(name => ms[stageOf(name)] === undefined)
  return names.map(name => {
    if (name === at) return { name, state: 'refused', text: refused?.code ?? '' }
    if (ms[stageOf(name)] === undefined) return { name, state: name === next ? 'now' : 'waiting', text: '' }
    return { name, state: 'done', text: textOf(name, report) }
  })
}

function textOf(name: Name, report: Report): string {
  const { file, inspected, format, ms } = report
  switch (name) {
    case 'admit':
      return `${file.name}, ${sayBytes(file.size)}`
    case 'sniff':
      return format ? agreement(file.name, format) : ''
    case 'probe':
      return inspected ? sayPixels(inspected) : ''
    case 'verify':
      return `clean, ${sayMs(ms.verify ?? 0)}`
    default:
      return stepText(name, report)
  }
}

function agreement(name: string, format: string): string {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase()
  const agrees =
    extension === undefined || extension === format || (format === 'jpeg' && /^jp|^jfif/.test(extension))
  return agrees ? `${nameOfKind(format)}, as it says` : `${nameOfKind(format)}, called .${extension}`
}

function stepText(step: (typeof steps)[number], { costs, inspected, made }: Report): string {
  const cost = costs.find(each => each.step === step)
  if (cost) return cost.fuel > 0 ? `${sayMs(cost.ms)}, fuel ${sayFuel(cost.fuel)}` : sayMs(cost.ms)
  const header = inspected?.header
  if (!header) return ''
  if (step === 'turn') return header.orientation === 1 ? sayTurn(1) : 'while decoding'
  if (step === 'resize') {
    const isSame = made && made.width * made.height === header.width * header.height
    return isSame ? 'fits as it is' : 'while decoding'
  }
  return 'not measured'
}
