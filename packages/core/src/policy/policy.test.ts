import { describe, expect, test } from 'vitest'
import { bodyLimit, definePolicy, type PolicyInput } from './policy.js'
import { PolicyError } from './policy-error.js'
import { imagePurposes, settingPurposes } from './setting-purposes.js'
import { imageRules, type SettingRule, settingRules } from './setting-rules.js'

/** Settings come from files and other languages too: the types are not there to help. */
const define = (input: unknown) => definePolicy(input as PolicyInput)
const refused = (input: unknown) => {
  try {
    define(input)
  } catch (thrown) {
    if (thrown instanceof PolicyError) return thrown.setting
    throw thrown
  }
  return undefined
}

test('the defaults are those of the documentation', () => {
  expect(definePolicy()).toEqual({
    maxBytes: 67_108_864,
    maxFileBytes: 8_388_608,
    maxNameBytes: 255,
    repair: 'browser',
    extensions: ['jpg', 'jpeg', 'jfif', 'png', 'gif', 'webp'],
    formats: ['jpeg', 'png', 'gif', 'webp'],
    mismatch: 'refuse',
    nameless: 'refuse',
    metadata: [],
    keep: [],
    minCropSide: 16,
    maxPixels: 64_000_000,
    maxFrames: 300,
    maxTotalPixels: 128_000_000,
    maxScans: 100,
    maxMetadataBytes: 1_048_576,
    trailingData: 'drop',
    animated: 'keep',
    animationEffort: 2,
    output: {
      format: 'webp',
      maxWidth: 1600,
      maxHeight: 1600,
      fit: 'inside',
      enlarge: false,
      focus: { x: 0.5, y: 0.5 },
      quality: 82,
      effort: 6,
    },
    variants: {},
    placeholder: 'none',
    timeMs: 10_000,
    headroom: 3,
    memoryMb: 96,
    version: '4db48038514f5b16',
  })
})

test('the edge preset fits a small isolate, and single settings go before it', () => {
  expect(definePolicy({ preset: 'edge' }).memoryMb).toBe(96)
  expect(definePolicy({ preset: 'edge', memoryMb: 64 }).memoryMb).toBe(64)
  for (const preset of ['huge', 'toString', null, 1])
    expect([preset, refused({ preset })]).toEqual([preset, 'preset'])
})

test('memory that is not given follows what is to be drawn', () => {
  const memory = (input: PolicyInput) => definePolicy(input).memoryMb
  expect(memory({})).toBe(96)
  expect(memory({ output: { maxWidth: 800 } })).toBe(96)
  expect(memory({ variants: { small: { maxWidth: 1024, maxHeight: 1024 } } })).toBe(96 + 36)
  expect(memory({ output: { maxWidth: 3200, maxHeight: 1600 } })).toBe(96 + 88)
  expect(memory({ output: { maxWidth: 16_000, maxHeight: 16_000 } })).toBe(512)
  expect(memory({ extensions: ['jpg', 'avif'] })).toBe(512)
  expect(memory({ extensions: ['jpg', 'heic'] })).toBe(512)
  expect(memory({ variants: { new: { format: 'avif', maxWidth: 10 } } })).toBe(512)
  expect(memory({ extensions: ['jpg', 'heic'], memoryMb: 100 })).toBe(100)
  // An isolate has no more.
  expect(memory({ preset: 'edge', output: { maxWidth: 3200 } })).toBe(96)
})

/** Values on both sides of what a rule allows. */
function sides(rule: SettingRule): {
  readonly right: readonly unknown[]
  readonly wrong: readonly unknown[]
} {
  switch (rule.kind) {
    case 'bytes':
      return {
        right: [rule.min, rule.max, `${rule.max} B`, '1 KiB'],
        wrong: [rule.min - 1, rule.max + 1, `${rule.max + 1} B`, 'much', 1.5, Number.NaN, null],
      }
    case 'integer':
      return {
        right: [rule.min, rule.max],
        wrong: [
          rule.min - 1,
          rule.max + 1,
          rule.min + 0.5,
          Number.NaN,
          Number.POSITIVE_INFINITY,
          '8',
          null,
          5n,
        ],
      }
    case 'number':
      return {
        right: [rule.min, rule.min + 0.5, rule.max],
        wrong: [rule.min - 0.001, rule.max + 0.001, Number.NaN, Number.POSITIVE_INFINITY, '8', null],
      }
    case 'choice':
      return { right: rule.choices, wrong: ['', 'toString', 1, true, null, [rule.choices[0]]] }
    case 'choices':
      return {
        right: [[], [...rule.choices].reverse()],
        wrong: [rule.choices[0], ['toString'], [1], {}, true, null],
      }
    case 'flag':
      return { right: [true, false], wrong: ['true', 1, null, {}] }
    case 'extensions':
      return {
        right: [['jpg'], ['webp', 'heic', 'heif', 'avif']],
        wrong: [[], 'jpg', ['svg'], ['jpg', 'JPG'], ['.jpg'], [1], null],
      }
    case 'focus':
      return {
        right: [
          { x: 0, y: 1 },
          { x: 1, y: 0 },
        ],
        wrong: [{ x: -0.001, y: 0 }, { x: 0, y: 1.001 }, { x: 0 }, 'centre', null],
      }
    case 'image':
    case 'variants':
      return { right: [{}], wrong: [[], 'x', 1, null] }
  }
}

/** maxTotalPixels must hold at least one frame: both move together where one is tried. */
const companion: Record<string, object> = {
  maxTotalPixels: { maxPixels: 1 },
  maxPixels: { maxTotalPixels: 2 ** 32 },
}

describe.each(Object.entries(settingRules))('%s', (name, rule) => {
  test('takes what its rule allows and refuses the rest by its name', () => {
    const { right, wrong } = sides(rule)
    for (const value of right)
      expect([value, refused({ ...companion[name], [name]: value })]).toEqual([value, undefined])
    for (const value of wrong) expect([value, refused({ [name]: value })]).toEqual([value, name])
  })
})

test.each(Object.entries({ ...settingPurposes, ...imagePurposes }))('%s says what it is for', (_, purpose) =>
  expect(purpose).toMatch(/^[A-Za-z0].*[.]$/),
)

describe.each(Object.entries(imageRules))('output.%s', (name, rule) => {
  test('takes what its rule allows and refuses the rest by its name, in variants too', () => {
    const { right, wrong } = sides(rule)
    for (const value of right)
      expect([value, refused({ output: { [name]: value }, variants: { small: { [name]: value } } })]).toEqual(
        [value, undefined],
      )
    for (const value of wrong) {
      expect([value, refused({ output: { [name]: value } })]).toEqual([value, `output.${name}`])
      expect([value, refused({ variants: { small: { [name]: value } } })]).toEqual([
        value,
        `variants.small.${name}`,
      ])
    }
  })
})

test.each([
  [{ maxByte: 1 }, 'maxByte'],
  [{ toString: 1 }, 'toString'],
  [JSON.parse('{"__proto__": {"maxBytes": 1}}'), '__proto__'],
  [{ output: { width: 1 } }, 'output.width'],
  [{ variants: { thumb: { size: 1 } } }, 'variants.thumb.size'],
  [{ variants: { main: {} } }, 'variants.main'],
  [{ variants: { 'a-b': {} } }, 'variants.a-b'],
  [{ variants: { '../x': {} } }, 'variants.../x'],
  [{ variants: { Thumb: {} } }, 'variants.Thumb'],
  [{ variants: { [`${'a'.repeat(33)}`]: {} } }, `variants.${'a'.repeat(33)}`],
  [{ variants: { thumb: 5 } }, 'variants.thumb'],
  [{ variants: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`v${index}`, {}])) }, 'variants'],
  [{ maxPixels: 200_000_000 }, 'maxTotalPixels'],
  [{ maxBytes: 4, maxFileBytes: 5 }, 'maxBytes'],
  [null, 'policy'],
  [[], 'policy'],
])('%j is refused and names %s', (input, setting) => {
  expect(refused(input)).toBe(setting)
})

test('an error says what was given and what may be', () => {
  expect(() => define({ maxBytes: '8 mb' })).toThrow(
    'policy: maxBytes must be whole bytes or text such as \'8 MiB\' from 1 to 1073741824, not "8 mb"',
  )
  expect(() => define({ output: { quality: 101 } })).toThrow(
    'policy: output.quality must be a number from 0 to 100, not 101',
  )
})

test('the limits of body and file follow each other where one is given', () => {
  const sizes = (input: PolicyInput) => {
    const policy = definePolicy(input)
    return [policy.maxBytes, policy.maxFileBytes, bodyLimit(policy), bodyLimit(policy, 10)]
  }
  const MiB = 2 ** 20
  expect(sizes({})).toEqual([64 * MiB, 8 * MiB, 8 * MiB, 64 * MiB])
  expect(sizes({ maxFileBytes: MiB })).toEqual([64 * MiB, MiB, MiB, 10 * MiB])
  expect(sizes({ maxFileBytes: 100 * MiB })).toEqual([100 * MiB, 100 * MiB, 100 * MiB, 100 * MiB])
  expect(sizes({ maxBytes: 16 * MiB })).toEqual([16 * MiB, 16 * MiB, 16 * MiB, 16 * MiB])
  expect(sizes({ maxBytes: 2, maxFileBytes: 2 })).toEqual([2, 2, 2, 2])
  expect(sizes({ preset: 'edge' })).toEqual([32 * MiB, 8 * MiB, 8 * MiB, 32 * MiB])
})

test('sixteen variants are allowed, each with the defaults of an image', () => {
  const variants = Object.fromEntries(
    Array.from({ length: 16 }, (_, index) => [`v${index}`, { maxWidth: 100 }]),
  )
  expect(definePolicy({ variants }).variants.v3).toEqual({ ...definePolicy().output, maxWidth: 100 })
})

test('a policy is frozen to its leaves and shares nothing with what it was made from', () => {
  const given = { variants: { thumb: { maxWidth: 100 } }, extensions: ['jpg'] }
  const policy = definePolicy(given)
  given.variants.thumb.maxWidth = 5000
  given.extensions.push('png')
  expect(policy.variants.thumb?.maxWidth).toBe(100)
  expect(policy.extensions).toEqual(['jpg'])
  for (const part of [
    policy,
    policy.output,
    policy.output.focus,
    policy.variants,
    policy.variants.thumb,
    policy.extensions,
    policy.formats,
  ])
    expect(Object.isFrozen(part)).toBe(true)
})

test('JSON and back is the same policy with the same version', () => {
  const policy = definePolicy({ maxBytes: '1 MiB', variants: { thumb: { fit: 'cover', maxWidth: 200 } } })
  expect(define(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
})

test('the version follows the content, not the order or the writing', () => {
  const { version } = definePolicy({ maxBytes: '1 MiB', extensions: ['png', 'jpg'] })
  expect(definePolicy({ extensions: ['jpg', 'png'], maxBytes: 1_048_576 }).version).toBe(version)
  expect(definePolicy({ extensions: ['jpg', 'png'], maxBytes: 1_048_577 }).version).not.toBe(version)
})

test('what follows from other settings may be given only as it follows', () => {
  const policy = definePolicy({ extensions: ['jpg', 'png'] })
  expect(define({ ...policy })).toEqual(policy)
  expect(define({ extensions: ['jpg', 'png'], formats: ['jpeg', 'png'] })).toEqual(policy)
  expect(define({ ...policy, version: 'forged' })).toEqual(policy)
  expect(define({ ...policy, maxFrames: 1 }).version).not.toBe(policy.version)
  for (const formats of [['png'], [], ['png', 'jpeg'], ['jpeg', 'png', 'gif'], 'jpeg', null])
    expect([formats, refused({ ...policy, formats })]).toEqual([formats, 'formats'])
  expect(() => define({ formats: ['png'] })).toThrow(
    'policy: formats follows from extensions, which stand for jpeg, png, gif, webp: leave it out',
  )
})

test.each([
  [{ maxPixel: 1 }, 'policy: maxPixel is not a setting; did you mean maxPixels?'],
  [{ maxfilebytes: 1 }, 'policy: maxfilebytes is not a setting; did you mean maxFileBytes?'],
  [{ output: { widht: 1 } }, 'policy: output.widht is not a setting; the settings are format, maxWidth'],
  [{ output: { maxHight: 1 } }, 'policy: output.maxHight is not a setting; did you mean output.maxHeight?'],
  [{ variants: { a: { qualty: 1 } } }, 'did you mean variants.a.quality?'],
  [{ zzz: 1 }, 'policy: zzz is not a setting; the settings are maxBytes, maxFileBytes'],
])('what is no setting is told with the one that was meant: %j', (given, message) => {
  expect(() => definePolicy(given as object)).toThrow(message)
})
