import type { Crop, Policy } from '@sluice/core'
import { parseAspect } from './crop-frame.js'
import type { ElementTexts } from './locale.js'
import { loadPreview } from './preview.js'

interface CropWish {
  readonly policy: Policy
  /** The shape: see `parseAspect`; null where nothing is cut off. */
  readonly wanted: string | null
  readonly texts: ElementTexts
}

/**
 * Lets a person cut out a part of a picture, by pointer, keys or a slider. The dialog is loaded on demand.
 * @returns `all` for the whole of it, also where nobody asked or this browser cannot show it; undefined where
 * they gave up
 */
export async function chooseCrop(
  root: ShadowRoot,
  file: File,
  { policy, wanted, texts }: CropWish,
): Promise<Crop | 'all' | undefined> {
  if (wanted === null) return 'all'
  const bitmap = await loadPreview(file, policy, 1024)
  if (bitmap === undefined) return 'all'
  const { askForCrop } = await import('./crop-dialog.js')
  const crop = await askForCrop(root, { bitmap, aspect: parseAspect(wanted), texts, name: file.name })
  bitmap.close()
  return crop
}
