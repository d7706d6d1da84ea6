import type { StepCost } from '../contracts/renderer.js'
import type { Placeholder, Rendition } from '../contracts/rendition.js'
import type { Format, OutputFormat } from '../formats/format.js'
import type { Header } from '../formats/header.js'
import type { ImageMetadata } from '../formats/image-metadata.js'
import type { Kept } from '../formats/keep/kept.js'
import type { View } from '../input/view.js'
import type { Note } from '../notes/notes.js'

declare const stage: unique symbol

/** A value that only its own stage can make: skipping a check is a compile error. */
type PassedStage<Name extends string, Value> = Readonly<Value> & { readonly [stage]: Name }

/** Where the bytes of an upload come from. */
export type Body = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Blob | Uint8Array | ArrayBuffer

/** What a client sent: untrusted throughout. */
export interface Upload extends View {
  readonly body: Body
  /**
   * The body is bytes that nobody else changes any more: they are taken as they are. Default: false, and they are
   * copied, so that what was checked is what is drawn (TOCTOU).
   */
  readonly handedOver?: boolean | undefined
  /** The client's file name, as sent; none for a raw body. */
  readonly name?: string | undefined
  /** The declared length in bytes, where there is one: over the limit, nothing is read. */
  readonly contentLength?: number | undefined
}

interface AdmittedFields {
  /** All bytes of the upload: at least 1, at most `policy.maxFileBytes`. */
  readonly bytes: Uint8Array
  /** The client's file name, cleaned: for logs and display, never a path. Empty where none was sent. */
  readonly name: string
  /** From the cleaned name, lower case; undefined where no name was sent. */
  readonly extension: string | undefined
  /** The part of the picture to keep, checked; all of it if undefined. */
  readonly view?: View | undefined
}
interface SniffedFields extends AdmittedFields {
  readonly format: Format
}
interface ProbedFields extends SniffedFields {
  readonly header: Header
  /** What the policy asked for of what the file says of itself. */
  readonly metadata?: ImageMetadata | undefined
  /** What the policy keeps of it in the files. */
  readonly kept?: Kept | undefined
  /** What was repaired or dropped: part of the result and the log. */
  readonly notes: readonly Note[]
}
interface RenderedFields {
  readonly source: Probed
  /** `main` first, then the variants, as planned. */
  readonly renditions: readonly Rendition[]
  readonly placeholder?: Placeholder | undefined
  readonly notes: readonly Note[]
  /** What drawing took; none where the renderer does not measure it. */
  readonly costs?: readonly StepCost[] | undefined
}
interface VerifiedFields extends RenderedFields {
  readonly renditions: readonly VerifiedRendition[]
}

/** A rendition that passed verification. */
export interface VerifiedRendition extends Rendition {
  /** Of its bytes, 64 hex digits. */
  readonly sha256: string
}

export type Admitted = PassedStage<'admitted', AdmittedFields>
export type Sniffed = PassedStage<'sniffed', SniffedFields>
export type Probed = PassedStage<'probed', ProbedFields>
export type Rendered = PassedStage<'rendered', RenderedFields>
export type Verified = PassedStage<'verified', VerifiedFields>

/** What a stage made of an upload. */
export type StageResult =
  | { readonly stage: 'admit'; readonly result: Admitted }
  | { readonly stage: 'sniff'; readonly result: Sniffed }
  | { readonly stage: 'probe'; readonly result: Probed }
  | { readonly stage: 'render'; readonly result: Rendered }
  | { readonly stage: 'verify'; readonly result: Verified }

/** One public file. */
export interface StoredFile {
  /** `YYYYMM/<32 hex digits>[-variant].<extension>` */
  readonly key: string
  readonly format: OutputFormat
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly bytes: number
  /** Of the stored bytes, hex. */
  readonly sha256: string
}

/** What an upload became: the main image, and its variants by name. */
export interface Stored extends StoredFile {
  readonly variants: Readonly<Record<string, StoredFile>>
  readonly placeholder?: Placeholder | undefined
  readonly notes: readonly Note[]
  /**
   * What the policy's `metadata` asked for, as far as the file has it: unverified claims. In no log, in no
   * file.
   */
  readonly metadata?: ImageMetadata | undefined
  /** Version of the policy that it went through. */
  readonly policyVersion: string
  /** Version of the codecs that drew it, where the renderer says one. */
  readonly codecVersion?: string | undefined
  readonly input: {
    readonly name: string
    readonly format: Format
    readonly width: number
    readonly height: number
    readonly frames: number
    readonly orientation: number
    readonly bytes: number
    readonly sha256: string
  }
}

type AnyPassedStage = Admitted | Sniffed | Probed | Rendered | Verified

/**
 * Stamps a stage's result. Only the file of that stage may import this (a test looks): anywhere else it
 * would forge a check that was not made.
 */
export function passed<Made extends AnyPassedStage>(fields: Omit<Made, typeof stage>): Made {
  return fields as Made
}
