import { expect, test } from 'vitest'
import type { Renderer } from '../contracts/renderer.js'
import type { Format } from '../formats/format.js'
import { definePolicy, type PolicyInput } from './policy.js'
import { PolicyError } from './policy-error.js'
import { checkSupport } from './support.js'

const renderer = (...more: Format[]): Renderer => ({
  name: 'test',
  reads: ['jpeg', 'png', 'webp', ...more],
  writes: more.includes('avif') ? ['webp', 'gif', 'avif'] : ['webp', 'gif'],
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

test('a format whose codec is not plugged in is named with its setting', () => {
  expect(refused({ extensions: ['jpg', 'heic'] })).toBe('extensions')
  expect(refused({ extensions: ['avif'] }, 'heic')).toBe('extensions')
  expect(refused({ output: { format: 'avif' } }, 'heic')).toBe('output.format')
  expect(refused({ variants: { thumb: { format: 'avif' } } })).toBe('variants.thumb.format')
  expect(() => checkSupport(definePolicy({ output: { format: 'avif' } }), renderer())).toThrow(
    'output.format asks for AVIF: the renderer test needs a plug for it, from @sluice/codecs/avif',
  )
})

test('what is plugged in can be asked for; a renderer that lacks a usual format refuses it image by image', () => {
  expect(
    refused({ extensions: ['avif', 'heic'], output: { format: 'avif' } }, 'avif', 'heic'),
  ).toBeUndefined()
  expect(refused({})).toBeUndefined()
})
