import { describe, expect, test } from 'vitest'
import { narrowPolicy } from './narrow.js'
import { definePolicy, type Policy } from './policy.js'
import { PolicyError } from './policy-error.js'
import { settingRules } from './setting-rules.js'

/** Of every limit: a value in the middle, one inside of it, one outside. */
const limits: Readonly<Record<string, readonly [middle: unknown, inside: unknown, outside: unknown]>> = {
  maxBytes: [2 ** 25, 2 ** 25 - 1, 2 ** 25 + 1],
  maxFileBytes: [1000, 999, 1001],
  maxNameBytes: [100, 99, 101],
  extensions: [['jpg', 'png'], ['png'], ['png', 'gif']],
  mismatch: ['refuse', 'refuse', 'allow'],
  repair: ['none', 'none', 'browser'],
  nameless: ['refuse', 'refuse', 'accept'],
  maxPixels: [1000, 999, 1001],
  maxFrames: [10, 9, 11],
  maxTotalPixels: [2 ** 27, 2 ** 27 - 1, 2 ** 27 + 1],
  maxScans: [10, 9, 11],
  maxMetadataBytes: [10, 0, 11],
  metadata: [['takenAt', 'camera'], ['camera'], ['camera', 'location']],
  keep: [[], [], ['copyright']],
  minCropSide: [10, 11, 9],
  trailingData: ['refuse', 'refuse', 'drop'],
  animated: ['first-frame', 'refuse', 'keep'],
  timeMs: [10, 9, 11],
  headroom: [2, 1.5, 2.5],
  memoryMb: [100, 99, 101],
}
const free = ['animationEffort', 'output', 'variants', 'placeholder']

test('every setting is a limit of this table, or free', () => {
  expect([...Object.keys(limits), ...free].sort()).toEqual(Object.keys(settingRules).sort())
})

describe.each(Object.entries(limits))('%s', (name, [middle, inside, outside]) => {
  const policy = definePolicy({ [name]: middle })
  test('may be the same or narrower', () => {
    expect(narrowPolicy(policy, { [name]: middle })).toEqual(policy)
    expect(narrowPolicy(policy, { [name]: inside })[name as keyof Policy]).toEqual(inside)
  })
  test('may not be wider, as a setting or in a whole policy', () => {
    for (const given of [{ [name]: outside }, definePolicy({ [name]: outside })])
      expect(() => narrowPolicy(policy, given)).toThrow(new RegExp(`^policy: ${name} `))
  })
})

test('choices that allow as much as each other may be changed for each other', () => {
  for (const animated of ['keep', 'gif', 'webp'] as const)
    expect(narrowPolicy(definePolicy({ animated: 'gif' }), { animated }).animated).toBe(animated)
})

test('what is made of an upload is free; the output is changed setting by setting', () => {
  const policy = definePolicy({ output: { quality: 50 } })
  const given = {
    output: { maxWidth: 4000 },
    variants: { thumb: {} },
    animationEffort: 6,
    placeholder: 'thumbhash',
  } as const
  const { output, variants, animationEffort, placeholder } = narrowPolicy(policy, given)
  expect(output).toEqual({ ...policy.output, maxWidth: 4000 })
  expect([Object.keys(variants), animationEffort, placeholder]).toEqual([['thumb'], 6, 'thumbhash'])
})

test('settings that are not given are those of the policy, whatever the defaults are', () => {
  const policy = definePolicy({ maxFileBytes: '1 MiB', extensions: ['png'], maxPixels: 100 })
  expect(narrowPolicy(policy, {})).toEqual(policy)
  expect(narrowPolicy(policy, { maxFrames: 1 })).toEqual(definePolicy({ ...policy, maxFrames: 1 }))
  // A whole policy has all settings: its defaults are wider here.
  expect(() => narrowPolicy(policy, definePolicy())).toThrow(
    'policy: maxFileBytes allows more (8388608) than',
  )
  expect(narrowPolicy(policy, { maxBytes: 1000 })).toMatchObject({ maxBytes: 1000, maxFileBytes: 1000 })
})

test('a wrong setting, and a preset, are told by their name', () => {
  expect(() => narrowPolicy(definePolicy(), { maxByte: 1 } as object)).toThrow(PolicyError)
  expect(() => narrowPolicy(definePolicy(), { preset: 'edge' } as object)).toThrow(
    'policy: preset belongs to',
  )
})
