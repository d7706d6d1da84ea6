import type { Probed, Rendering, RenderPlan, UploadErrorRecord } from '@sluice/core'

/** What goes into a worker: one image. Its bytes are transferred. */
export interface Task {
  readonly image: Probed
  readonly plan: RenderPlan
}

/** What comes out: first that it is ready for work, then one answer for each task. */
export type Reply =
  | { readonly ready: true }
  | { readonly rendering: Rendering }
  | { readonly refusal: UploadErrorRecord }
