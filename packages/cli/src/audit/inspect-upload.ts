import { type ImageSettings, keyGrammar, type Policy, planSize } from '@sluice/core'
import type { Finding } from './finding.js'
import type { Facts } from './inspect-file.js'

/** `YYYYMM/` and the random part: what the files of one upload have in common. */
export function stemOf(key: string): string | undefined {
  return keyGrammar.test(key) ? key.slice(0, 39) : undefined
}

/** What can only be said of the files of an upload together. @param files of one stem */
export function* inspectUpload(stem: string, files: readonly Facts[], policy: Policy): Generator<Finding> {
  const mains = files.filter(({ variant }) => variant === 'main')
  for (const { key, variant } of files) {
    if (variant === 'main') continue
    if (mains.length === 0) yield { path: key, problem: 'variant-alone', detail: `no ${stem}.*` }
    if (!Object.hasOwn(policy.variants, variant))
      yield { path: key, problem: 'variant-unknown', detail: variant }
  }
  yield* twice(files)
  const [main] = mains
  if (main === undefined) return
  for (const variant of Object.keys(policy.variants)) {
    const file = files.find(each => each.variant === variant)
    if (file === undefined) yield { path: main.key, problem: 'variant-missing', detail: variant }
    else yield* compare(main, file, policy)
  }
}

function* twice(files: readonly Facts[]): Generator<Finding> {
  const seen = new Map<string, string>()
  for (const { key, variant } of files) {
    const other = seen.get(variant)
    if (other !== undefined) yield { path: key, problem: 'variant-twice', detail: other }
    seen.set(variant, key)
  }
}

interface Size {
  readonly width: number
  readonly height: number
}

function* compare(
  { image: main }: Facts,
  { key, variant, image }: Facts,
  policy: Policy,
): Generator<Finding> {
  const settings = policy.variants[variant]
  if (main === undefined || image === undefined || settings === undefined) return
  if (image.frames > 1 !== main.frames > 1)
    yield { path: key, problem: 'animation', detail: `${image.frames} frames beside ${main.frames}` }
  if (!tellsSize(main, settings, policy.output)) return
  const expected = planSize(main, settings)
  // Each was rounded for itself.
  const isNear = Math.abs(image.width - expected.width) <= 1 && Math.abs(image.height - expected.height) <= 1
  if (isNear) return
  const detail = `${image.width}x${image.height}; the policy makes ${expected.width}x${expected.height}`
  yield { path: key, problem: 'shape', detail }
}

/** Whether the size of a variant follows from that of the main image: of the source nobody knows the size any more. */
function tellsSize(main: Size, variant: ImageSettings, output: ImageSettings): boolean {
  if (output.fit === 'cover' || output.enlarge || variant.enlarge) return false
  // It was not made smaller: it is as large as the source.
  if (main.width < output.maxWidth && main.height < output.maxHeight) return true
  return variant.fit === 'inside'
    ? variant.maxWidth <= output.maxWidth && variant.maxHeight <= output.maxHeight
    : variant.maxWidth <= main.width && variant.maxHeight <= main.height
}
