import { expect, test } from 'vitest'
import { describePolicy } from './describe.js'
import { definePolicy, type PolicyInput } from './policy.js'

const keep = ['copyright'] as const
const problem = (settings: PolicyInput) => {
  try {
    definePolicy({ keep, ...settings })
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : thrown
  }
  return undefined
}
const cannot = (format: string, instead: string) =>
  `writes ${format}, which cannot hold what keep asks for (copyright): choose one of ${instead}, or leave keep out`
const stills = 'webp, jpeg, png'

test('what is written must carry what is kept; the setting that does not let it is named', () => {
  expect(problem({ output: { format: 'avif' } })).toBe(`policy: output.format ${cannot('AVIF', stills)}`)
  expect(problem({ variants: { thumb: { format: 'avif' } } })).toBe(
    `policy: variants.thumb.format ${cannot('AVIF', stills)}`,
  )
  expect(problem({ output: { format: 'same' }, extensions: ['jpg', 'avif'] })).toBe(
    `policy: output.format ${cannot('AVIF', stills)}`,
  )
  expect(problem({ animated: 'gif' })).toBe(`policy: animated ${cannot('GIF', 'keep, webp')}`)
})

test('formats that carry it may be written, and any where nothing comes in that says a copyright', () => {
  for (const format of ['webp', 'jpeg', 'png', 'same'] as const)
    expect(problem({ output: { format } })).toBe(undefined)
  expect(problem({ output: { format: 'same' }, extensions: ['heic'] })).toBe(undefined)
  // A GIF has no EXIF.
  expect(problem({ extensions: ['gif'], animated: 'gif', output: { format: 'avif' } })).toBe(undefined)
  expect(problem({ extensions: ['gif', 'jpg'], animated: 'gif' })).toBe(undefined)
  expect(problem({ keep: [], output: { format: 'avif' }, animated: 'gif' })).toBe(undefined)
})

test('the document of a policy says what is kept', () => {
  const sentence = /Nothing of the uploaded file is kept([^.]*)\./
  expect(sentence.exec(describePolicy(definePolicy()))?.[1]).toBe(': no metadata, no colour profile, no name')
  expect(sentence.exec(describePolicy(definePolicy({ keep })))?.[1]).toBe(
    ' but its copyright, as text drawn anew: no metadata, no colour profile, no name besides',
  )
})
