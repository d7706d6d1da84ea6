import type { Probed, Rendering, RenderPlan, UploadErrorRecord } from '@sluice/core'
import type { CodecPackModule } from '../codec-pack.js'

/** The first message to a worker of `workerPool`: which codec packs its renderer has. */
export interface Setup {
  readonly codecs: readonly (Omit<CodecPackModule, 'url'> & { readonly url: string })[]
}

/** An image to be drawn. Its bytes are a parcel, which is transferred. */
export interface Drawing {
  readonly image: Probed
  readonly plan: RenderPlan
}

/** What goes into a worker then: a drawing, or to give back the memory that it keeps for the next one. */
export type Task = Drawing | { readonly tidy: true }

/**
 * What comes out: first that it is ready for work, or why it never will be, then one answer for each task. The bytes of
 * renditions are parcels.
 */
export type Reply =
  | { readonly ready: true }
  | { readonly failed: string }
  | { readonly rendering: Rendering }
  | { readonly refusal: UploadErrorRecord }
  | { readonly tidied: true }
