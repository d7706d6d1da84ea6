import type { ErrorCode, Fixer, Format, Note, OutputFormat, PolicyInput, Stage, StepCost } from '@sluice/core'
import type { Inspected } from '@sluice/core/inspect'

/** What goes into the worker: one file, and the settings that differ from the default policy. */
export interface Job {
  readonly id: number
  readonly name: string
  readonly bytes: Uint8Array
  readonly settings: PolicyInput
}

/** The picture that came out. */
export interface Made {
  readonly format: OutputFormat
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly sha256: string
}

export interface Refused {
  readonly code: ErrorCode
  readonly status: number
  readonly stage: Stage
  readonly message: string
  readonly fixer: Fixer
  /** What a log would say besides. */
  readonly detail?: string | undefined
}

/** What decoding may cost, in fuel. */
export interface Price {
  readonly fuel: number
  readonly limit: number
}

export type PassedStage = 'admit' | 'sniff' | 'probe' | 'render' | 'verify'

/** One piece of news from the worker, in the order in which they come. */
export type News =
  | { readonly kind: 'inspected'; readonly inspected: Inspected; readonly price?: Price | undefined }
  | { readonly kind: 'passed'; readonly stage: PassedStage; readonly ms: number }
  | { readonly kind: 'sniffed'; readonly format: Format }
  | { readonly kind: 'drawn'; readonly costs: readonly StepCost[] }
  | { readonly kind: 'accepted'; readonly made: Made; readonly notes: readonly Note[] }
  | { readonly kind: 'refused'; readonly refused: Refused; readonly ms: number }
  | { readonly kind: 'compared'; readonly ssim: number }

/** All that is known of a file so far. */
export interface Report {
  readonly id: number
  readonly file: File
  /** The sample that it is, where it is one of ours. */
  readonly sample: string | undefined
  readonly isDefaultPolicy: boolean
  readonly inspected?: Inspected
  readonly price?: Price | undefined
  readonly ms: Readonly<Partial<Record<PassedStage, number>>>
  readonly format?: Format
  readonly costs: readonly StepCost[]
  readonly made?: Made
  readonly notes: readonly Note[]
  readonly refused?: Refused
  readonly ssim?: number
}

export function startReport(of: Pick<Report, 'id' | 'file' | 'sample' | 'isDefaultPolicy'>): Report {
  return { ...of, ms: {}, costs: [], notes: [] }
}

/** The report with one piece of news more. */
export function hear(report: Report, news: News): Report {
  switch (news.kind) {
    case 'inspected':
      return { ...report, inspected: news.inspected, price: news.price }
    case 'passed':
      return { ...report, ms: { ...report.ms, [news.stage]: news.ms } }
    case 'sniffed':
      return { ...report, format: news.format }
    case 'drawn':
      return { ...report, costs: news.costs }
    case 'accepted':
      return { ...report, made: news.made, notes: news.notes }
    case 'refused':
      return { ...report, refused: news.refused }
    case 'compared':
      return { ...report, ssim: news.ssim }
  }
}

/** Whether there is nothing more to come but the comparison. */
export function isDone({ made, refused }: Report): boolean {
  return made !== undefined || refused !== undefined
}
