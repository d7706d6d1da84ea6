import { metadataFields } from '../formats/image-metadata.js'
import { keptFields } from '../formats/keep/kept.js'
import type { ImageSettings, PolicySettings, StillFormat } from './settings.js'

/** What a setting may be: checked at start. Why it is there is in setting-purposes.ts, which no Worker has to carry. */
export type SettingRule =
  | {
      readonly kind: 'bytes' | 'integer' | 'number'
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'flag' | 'extensions' | 'image' | 'variants' | 'focus' }

export const settingRules: Readonly<Record<keyof PolicySettings, SettingRule>> = {
  maxBytes: {
    kind: 'bytes',
    min: 1,
    max: 2 ** 30,
  },
  maxFileBytes: { kind: 'bytes', min: 1, max: 2 ** 30 },
  maxNameBytes: {
    kind: 'integer',
    min: 1,
    max: 4096,
  },
  extensions: { kind: 'extensions' },
  mismatch: {
    kind: 'choice',
    choices: ['refuse', 'allow'],
  },
  repair: {
    kind: 'choice',
    choices: ['browser', 'none'],
  },
  nameless: {
    kind: 'choice',
    choices: ['accept', 'refuse'],
  },
  maxPixels: {
    kind: 'integer',
    min: 1,
    max: 2 ** 30,
  },
  maxFrames: { kind: 'integer', min: 1, max: 100_000 },
  maxTotalPixels: { kind: 'integer', min: 1, max: 2 ** 32 },
  maxScans: { kind: 'integer', min: 1, max: 10_000 },
  maxMetadataBytes: {
    kind: 'bytes',
    min: 0,
    max: 2 ** 30,
  },
  metadata: {
    kind: 'choices',
    choices: metadataFields,
  },
  keep: {
    kind: 'choices',
    choices: keptFields,
  },
  minCropSide: {
    kind: 'integer',
    min: 1,
    max: 16383,
  },
  trailingData: {
    kind: 'choice',
    choices: ['drop', 'refuse'],
  },
  animated: {
    kind: 'choice',
    choices: ['keep', 'gif', 'webp', 'first-frame', 'refuse'],
  },
  animationEffort: {
    kind: 'integer',
    min: 0,
    max: 6,
  },
  output: { kind: 'image' },
  variants: {
    kind: 'variants',
  },
  placeholder: {
    kind: 'choice',
    choices: ['none', 'thumbhash'],
  },
  timeMs: {
    kind: 'integer',
    min: 1,
    max: 600_000,
  },
  headroom: {
    kind: 'number',
    min: 1,
    max: 1000,
  },
  memoryMb: {
    kind: 'integer',
    min: 16,
    max: 4096,
  },
}

export const imageRules: Readonly<Record<keyof ImageSettings, SettingRule>> = {
  format: {
    kind: 'choice',
    choices: ['webp', 'avif', 'jpeg', 'png', 'same'] satisfies StillFormat[],
  },
  maxWidth: { kind: 'integer', min: 1, max: 16383 },
  maxHeight: { kind: 'integer', min: 1, max: 16383 },
  fit: {
    kind: 'choice',
    choices: ['inside', 'cover'],
  },
  enlarge: { kind: 'flag' },
  focus: { kind: 'focus' },
  quality: {
    kind: 'number',
    min: 0,
    max: 100,
  },
  effort: { kind: 'integer', min: 0, max: 6 },
}
