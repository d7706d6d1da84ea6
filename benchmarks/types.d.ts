// The shapes that travel between the files of the benchmarks.
import type { KernelOptions } from '@sluice/codecs'
import type { job } from './lib/job.mjs'

/** One picture to one file. */
export type StillEncoder = NonNullable<KernelOptions['encoder']>

export interface Size {
  readonly width: number
  readonly height: number
}

/** Shares of horizontally adjacent pixels of a sample, 0 to 1. */
export interface Texture {
  /** Exactly equal: areas drawn, not taken. */
  readonly equal: number
  /** Of those not equal, differing by 1 to 8 in the channel that differs most: shading and grain. */
  readonly soft: number
  /** Of those not equal, differing by 1: shading without any grain. */
  readonly smooth: number
  /** Of those not equal, differing by more than 64: ink. */
  readonly hard: number
}

/** RGBA, 8 bits, straight alpha, row-major. */
export interface Picture extends Size {
  readonly rgba: Uint8Array
}
export interface NamedPicture extends Picture {
  readonly name: string
  /** Whether constants of the encoder were tuned on it. */
  readonly tuned?: boolean
}
export interface MadePicture extends Size {
  readonly rgba: Uint8Array<ArrayBuffer>
}

/** In the shape of the web's ImageData. */
export interface Scene extends Size {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly colorSpace: 'srgb'
}

/** A median with the quartiles around it. */
export interface Summary {
  median: number
  low: number
  high: number
  rounds: number
}

/** A file that contenders are given. */
export interface InputFacts {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly roles: readonly string[]
  readonly width?: number
  readonly height?: number
  readonly frames?: number
  readonly bytes?: number
  /** What an upload would be called. */
  readonly name?: string
}
export interface Input extends InputFacts {
  readonly path: string
}

export interface Made {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** What the module of a contender exports as `open`: something that takes one image at a time. */
export interface Contender {
  readonly version: string
  run(bytes: Uint8Array, input: { readonly kind: string }): Promise<Made>
  /** Milliseconds by stage. */
  stages?(bytes: Uint8Array, input: { readonly kind: string }): Promise<Record<string, number>>
  refuse?(body: ReadableStream<Uint8Array>, input: { readonly name?: string }): Promise<unknown>
  /** Of the process that does the work, where it is another. */
  readonly pid?: number
  close?(): Promise<void> | void
}
export interface ContenderModule {
  open(options: object): Contender | Promise<Contender>
}

/** How a contender is started. */
export interface Start {
  readonly id: string
  readonly module: string
  readonly options?: object | undefined
  /** Node if not said. */
  readonly runtime?: 'bun' | undefined
}
export interface ContenderEntry extends Start {
  readonly label: string
  /** Kinds of input that it does not do, each with the reason. */
  readonly cannot?: Readonly<Record<string, string>>
  readonly ours?: true
  /** The two that the headline compares. */
  readonly focus?: true
  /** How it uses all cores, if not with a process a core. */
  readonly cores?: { readonly processes: number; readonly parallel: number; readonly options?: object }
}

/** What a contender's process answers to each command: see lib/child.mjs. */
export interface Answers {
  open: { version: string }
  load: undefined
  run: Size & { ms: number; size: number; base64?: string }
  stages: Record<string, number>
  refuse: { ms: number; verdict: string; read: number }
  throughput: { images: number; seconds: number; processorSeconds: number }
  memory: { peak: number; wasm: number }
  close: { sink: number }
}
export interface ContenderProcess {
  readonly version: string
  ask<Command extends keyof Answers>(
    command: Command,
    rest?: object,
    withinMs?: number,
  ): Promise<Answers[Command]>
  close(): Promise<unknown>
}
export interface OpenContender extends ContenderEntry {
  readonly process: ContenderProcess
  readonly version: string
}

/** What all measures get. */
export interface Shared {
  readonly open: readonly OpenContender[]
  readonly yardstick: string
  readonly inputs: readonly Input[]
  progress(text: string): void
  log(text: string): void
}
/** Who of all takes part in a pass. */
export type TakePart = <One extends { readonly focus?: boolean | undefined }>(
  contenders: readonly One[],
) => One[]
/** Files by input and contender. */
export type Outputs = Map<string, Map<string, Buffer>>

export interface Row {
  input: string
  contender: string
  ratio?: Summary
  /** Ratios of the last two passes. */
  passes?: number[]
  unsettled?: boolean
}
/** A measure that could not be taken has the reason in its place. */
type OrNot<Measured extends Row> =
  | (Measured & { cannot?: undefined })
  | (Row & { cannot: string } & { [Key in Exclude<keyof Measured, keyof Row>]?: undefined })

export type LatencyRow = OrNot<Row & Size & { ms: Summary; bytes: number }>
export type MemoryRow = OrNot<Row & { atStart: number; peak: Summary; wasm: number }>
export type ThroughputRow = Row & { perSecond: Summary; cannot?: undefined }
export type ColdStartRow = Row & { ms: Summary; bundle?: number; cannot?: undefined }
export interface StagesRow {
  input: string
  contender: string
  stages: Record<string, Summary>
}
export type RefusalRow = OrNot<Row & Answers['refuse']>
interface Compared {
  input: string
  contender: string
  bytes: number
}
export type QualityRow = Compared &
  (
    | { ssim: number; ssimulacra2: number; thumb: number; cannot?: undefined }
    | { ssim?: undefined; ssimulacra2?: undefined; thumb?: undefined; cannot: string }
  )

/** What results/full.json holds. */
export interface Result {
  version: number
  date: string
  quick: boolean
  machine: { cpu: string; cores: number; memory: number; platform: string; node: string }
  job: typeof job
  plan?: object
  focus: string
  yardstick: string
  inputs: readonly InputFacts[]
  contenders: readonly { id: string; label: string; version: string; ours: boolean }[]
  absent: readonly Absent[]
  latency: LatencyRow[]
  scaling: LatencyRow[]
  frames: LatencyRow[]
  stages: StagesRow[]
  quality: QualityRow[]
  refusals: RefusalRow[]
  coldStart: ColdStartRow[]
  memory: MemoryRow[]
  throughput: ThroughputRow[]
  seconds: number
}
export interface Absent {
  readonly id: string
  readonly label: string
  readonly why: string
}
/** Details of an input, before and after, for the report. */
export interface BeforeAfter {
  readonly title: string
  readonly views: readonly { readonly label: string; readonly url: string }[]
}

/** What results/ceilings.json holds. */
export interface Ceilings {
  readonly rows: readonly {
    readonly input: string
    readonly title: string
    readonly way: string
    readonly ms: Summary
    readonly ratio: Summary
  }[]
}

/** What is used of gifenc, whose CommonJS build has it all in its default export and no types. */
export interface Gifenc {
  GIFEncoder(): {
    writeFrame(indices: Uint8Array, width: number, height: number, options: object): void
    finish(): void
    bytes(): Uint8Array
  }
  quantize(rgba: Uint8Array | Uint8ClampedArray, colours: number): number[][]
  applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: number[][]): Uint8Array
}
/** What is used of esbuild's plugins, which come with benchmarks/rivals alone. */
export interface EsbuildHooks {
  onResolve(
    options: { filter: RegExp },
    resolve: (found: { path: string; resolveDir: string }) => Promise<{ path: string; external: boolean }>,
  ): void
}
/** What is used of sharp, whose types come with benchmarks/rivals alone. */
export interface SharpImage {
  extract(place: object): SharpImage
  webp(options: object): SharpImage
  toBuffer(): Promise<Buffer>
}

export type Metric = 'luma' | 'rgb' | 'ssim' | 'ssimulacra2'
export type Metrics = Record<Metric, number>
/** A point of a rate-distortion curve. */
export type RatePoint = Metrics & { readonly bytes: number }

/** Bytes in percent of the reference's at equal quality. */
export type Difference = Metrics
export interface EncoderSummary {
  readonly name: string
  readonly time: number
  readonly bytesAt82: {
    readonly mean: number
    readonly least: number
    readonly most: number
    readonly within5Percent: number
  }
  readonly bdRate: Record<
    Metric,
    { readonly mean: number; readonly worst: number; readonly above3Percent: string[] }
  >
}
export interface MeasuredPicture extends Size {
  readonly name: string
  readonly tuned?: boolean | undefined
  readonly curves: Record<string, (RatePoint & { readonly quality: number; readonly ms: number })[]>
}
/** What results/encoder.json holds. */
export interface EncoderResult {
  readonly machine: string
  readonly node: string
  readonly cwebp: string
  readonly crop: number | null
  readonly reference: string
  readonly summary: readonly EncoderSummary[]
  readonly summaryApart: readonly EncoderSummary[]
  readonly pictures: readonly MeasuredPicture[]
}

/** What libvips finds in a file, beside its pixels. */
export interface Looked extends Size {
  readonly format: string
  readonly frames: number
  readonly seconds: number
  readonly loop?: number
}
/** A cell of the gallery. */
export type Shown =
  | { readonly refused: string }
  | (Partial<Looked> & {
      readonly refused?: undefined
      readonly file: string
      readonly bytes: number
      readonly distances?: readonly (readonly [name: string, distance: number])[]
      readonly ssim?: number | undefined
      readonly worst?: { readonly x: number; readonly y: number }
    })
export interface GalleryRow {
  readonly kind: string
  readonly what: string
  readonly name: string
  readonly input: Shown
  readonly ours: Shown
  readonly sharp: Shown
}

/** An encoder under comparison; only `encode` is timed. */
export interface TimedEncoder {
  readonly name: string
  prepare?(picture: Picture): void
  encode(picture: Picture, quality: number): Uint8Array | Promise<Uint8Array>
}

export type KindId =
  | 'jpeg'
  | 'jpeg-colour'
  | 'png-photo'
  | 'png-graphic'
  | 'gif'
  | 'gif-animated'
  | 'webp-lossy'
  | 'webp-lossless'
  | 'webp-animated'
export type SizeId = 'tiny' | 'small' | 'medium' | 'large'

/** Milliseconds, and how many rounds are taken of a file: kinds/take-turns.mjs. */
export interface TurnsPlan {
  readonly rounds: number
  readonly mostRounds: number
  readonly focusMs: number
  readonly turnMs: number
  readonly warmMs: number
}
/** Ours to a rival's. */
export interface TimeRatio {
  readonly time: number
  readonly processor: number
}
export interface Turns {
  readonly rounds: number
  /** Medians by contender. */
  readonly of: Readonly<Record<string, { ms: number; processorMs: number; bytes: number }>>
  /** By rival. */
  readonly ratio: Readonly<Record<string, TimeRatio>>
}
export interface KindFile {
  readonly file: string
  readonly kind: KindId
  readonly size: SizeId
}
export type KindRow = KindFile & Turns
/** Geometric means of ratios. */
export interface KindMean {
  readonly files: number
  readonly time: Readonly<Record<'sharp' | 'sharp-default', number>>
  readonly processor: Readonly<Record<'sharp' | 'sharp-default', number>>
}
/** What results/kinds.json holds. */
export interface KindsResult {
  readonly date: string
  readonly machine: Result['machine']
  readonly job: typeof job
  readonly plan: TurnsPlan & { readonly perCell: number }
  readonly contenders: readonly { readonly id: string; readonly label: string; readonly version: string }[]
  readonly absent: readonly Absent[]
  /** The generated photo of 12 megapixels. */
  readonly scene: Turns & { readonly title: string; readonly cannot: Readonly<Record<string, string>> }
  readonly files: readonly KindRow[]
  /** Left out, with the reason by who refused or made another size. */
  readonly refused: readonly (KindFile & { readonly cannot: Readonly<Record<string, string>> })[]
  readonly means: {
    readonly cells: readonly (KindMean & { readonly kind: KindId; readonly size: SizeId })[]
    readonly kinds: readonly (KindMean & { readonly kind: KindId })[]
    readonly sizes: readonly (KindMean & { readonly size: SizeId })[]
    /** JPEG, PNG photos and lossy WebP of half a megapixel and more. */
    readonly photographs?: KindMean | undefined
    readonly all?: KindMean | undefined
  }
  readonly seconds: number
}
