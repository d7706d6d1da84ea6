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
}

export interface RenderPlan {
  /** `main` first. */
  readonly outputs: readonly PlannedOutput[]
  readonly placeholder: 'none' | 'thumbhash'
  readonly budget: Budget
}

export interface Rendering {
  /** One for each planned output, in their order. */
  readonly renditions: readonly Rendition[]
  readonly placeholder?: Placeholder | undefined
  /** What had to be given up. */
  readonly notes?: readonly Note[] | undefined
}

/**
 * The codec pack: everything between probe and verify. A renderer holds no state between images, refuses with an
 * `UploadError`, and makes exactly what the plan says. `checkRenderer` in `@sluice/codecs/testing` examines
 * one.
 */
export interface Renderer {
  readonly name: string
  /**
   * Version of the codecs: another one whenever the same image and plan may become other bytes. Without it an upload
   * cannot be named by its id (`Kit.id`), for two attempts at it could differ.
   */
  readonly codecVersion?: string | undefined
  readonly reads: readonly Format[]
  readonly writes: readonly OutputFormat[]
  render(image: Probed, plan: RenderPlan, signal?: AbortSignal): Promise<Rendering>
  /**
   * For renderers with a queue: keeps a place in it for the images of one request, so that who comes too much
   * is told before the body is read. What is drawn by the reservation is not refused as `busy` while the
   * renderer is open.
   * @param key of the sender, a user or an address: waiting images are taken from all keys in turn
   * @throws UploadError `busy`
   */
  reserve?(key: string): Reservation
}

/** A renderer with a place in the queue. */
export interface Reservation extends Renderer {
  /** Gives the place back, when the request is done. Idempotent. */
  release(): void
}
