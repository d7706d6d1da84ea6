import type { Format, OutputFormat } from '../formats/format.js'
import type { Note } from '../notes/notes.js'
import type { Probed } from '../pipeline/stages.js'
import type { Placeholder, Rendition } from './rendition.js'

/** A rectangle in pixels of the upright source. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One file to make, with everything decided: a renderer computes no sizes of its own. */
export interface PlannedOutput {
  /** `main` or the name of a variant. */
  readonly name: string
  readonly format: OutputFormat
  /** Of the finished upright image, in pixels. */
  readonly width: number
  readonly height: number
  /** The part of the upright source that is shown; all of it where undefined. Fractions are allowed. */
  readonly crop?: Rectangle | undefined
  /** false: the first frame alone. */
  readonly animated: boolean
  /** 0 to 100, on the scale of the format. */
  readonly quality: number
  /** 0 (fast) to 6 (small): for WebP libwebp's method. */
  readonly effort: number
}

/** What one image may cost. */
export interface Budget {
  /** Wall clock from the start of the decode, in milliseconds. */
  readonly timeMs: number
  /** How many times the work that its pixels, frames and bytes are priced at. */
  readonly headroom: number
  /** Linear memory of all WASM instances that serve this image, in MiB. */
  readonly memoryMb: number
  /**
   * Whether that is a part of what the image may have: what does not fit is `too-much-memory` then, and never done in a
   * way that takes less, so that a drawing depends on the policy alone. Default: false.
   */
  readonly isPart?: boolean
}

export interface RenderPlan {
  /** `main` first. */
  readonly outputs: readonly PlannedOutput[]
  readonly placeholder: 'none' | 'thumbhash'
  readonly budget: Budget
}

/** What a renderer does with an image. The kernel scales and turns most of them while it decodes. */
export type RenderStep = 'decode' | 'resize' | 'turn' | 'colour' | 'encode'

/** What one step took, over all frames and outputs. */
export interface StepCost {
  readonly step: RenderStep
  /** Milliseconds of computing; 0 where the runtime's clock stands still meanwhile. */
  readonly ms: number
  /** Fuel of metered modules, about one turn of a loop each: the same on every run and every runtime. */
  readonly fuel: number
  /** The most that the image held of its `memoryMb` when the step had done a piece of its work, in bytes. */
  readonly memoryBytes: number
}

export interface Rendering {
  /** One for each planned output, in their order. */
  readonly renditions: readonly Rendition[]
  readonly placeholder?: Placeholder | undefined
  /** What had to be given up. */
  readonly notes?: readonly Note[] | undefined
  /** What it took, a row a step; none from a renderer that does not measure it. */
  readonly costs?: readonly StepCost[] | undefined
}

/**
 * Draws: everything between probe and verify. A renderer keeps no state between images, refuses with an
 * `UploadError`, and makes exactly what the plan says. `checkRenderer` of `@sluice/codecs/testing` examines
 * one.
 */
export interface Renderer {
  readonly name: string
  /**
   * Version of the codecs: changes whenever the same image and plan may yield different bytes. Without it an
   * upload cannot be named by its id (`Kit.id`), since two attempts could differ.
   */
  readonly codecVersion?: string | undefined
  readonly reads: readonly Format[]
  readonly writes: readonly OutputFormat[]
  render(image: Probed, plan: RenderPlan, signal?: AbortSignal): Promise<Rendering>
  /**
   * For renderers with a queue: reserves a place in it for the images of one request, so that an upload that
   * would not fit is refused before its body is read. What is drawn through the reservation is not refused as
   * `busy` while the renderer is open.
   * @param key of the sender, a user or an address: waiting images are taken from all keys in turn
   * @throws UploadError `busy`
   */
  reserve?(key: string): Reservation
}

/** A renderer with a place in the queue. */
export interface Reservation extends Renderer {
  /** Releases the place when the request is done. Idempotent. */
  release(): void
}
