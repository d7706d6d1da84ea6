import { expect, test } from 'vitest'
import type { Renderer } from '../contracts/renderer.js'
import { type Format, outputFormats } from '../formats/format.js'
import { definePolicy, type PolicyInput } from './policy.js'
import { PolicyError } from './policy-error.js'
import { checkSupport } from './support.js'

const renderer = (...more: Format[]): Renderer => ({
  name: 'test',
  reads: ['jpeg', 'png', 'webp', ...more],
  writes: ['webp', 'gif', ...outputFormats.filter(format => more.includes(format))],
  render: async () => ({ renditions: [] }),
})
const refused = (policy: PolicyInput, ...more: Format[]) => {
  try {
    checkSupport(definePolicy(policy), renderer(...more))
  } catch (thrown) {
    return thrown instanceof PolicyError ? thrown.setting : thrown
  }
  return undefined
}

test('a format whose codec pack is missing is named with its setting', () => {
  expect(refused({ extensions: ['jpg', 'heic'] })).toBe('extensions')
  expect(refused({ extensions: ['avif'] }, 'heic')).toBe('extensions')
  expect(refused({ output: { format: 'avif' } }, 'heic')).toBe('output.format')
  expect(refused({ variants: { thumb: { format: 'avif' } } })).toBe('variants.thumb.format')
  expect(() => checkSupport(definePolicy({ output: { format: 'avif' } }), renderer())).toThrow(
    'output.format asks for AVIF: the renderer test needs a codec pack for it, from @sluice/codecs/avif',
  )
})

test('what has its codec pack can be asked for; a renderer that lacks a usual format refuses it image by image', () => {
  expect(
    refused({ extensions: ['avif', 'heic'], output: { format: 'avif' } }, 'avif', 'heic'),
  ).toBeUndefined()
  expect(refused({})).toBeUndefined()
})

test('JPEG and PNG are read by every renderer and written by a codec pack; same needs one for each that is accepted', () => {
  expect(refused({ output: { format: 'jpeg' } })).toBe('output.format')
  expect(refused({ output: { format: 'png' } }, 'jpeg')).toBe('output.format')
  expect(refused({ variants: { mail: { format: 'jpeg' } } }, 'jpeg')).toBeUndefined()
  const same = { format: 'same' } as const
  expect(refused({ output: same }, 'jpeg')).toBe('output.format')
  expect(refused({ output: same }, 'jpeg', 'png')).toBeUndefined()
  expect(refused({ output: same, extensions: ['jpg', 'gif', 'webp'] }, 'jpeg')).toBeUndefined()
  expect(refused({ output: same, extensions: ['heic'] }, 'heic')).toBe('output.format')
  expect(refused({ output: same, extensions: ['heic'] }, 'heic', 'jpeg')).toBeUndefined()
  expect(() => checkSupport(definePolicy({ output: { format: 'jpeg' } }), renderer())).toThrow(
    'output.format asks for JPEG: the renderer test needs a codec pack for it, from @sluice/codecs/jpeg',
  )
})
