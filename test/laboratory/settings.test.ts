import { definePolicy, type PolicyInput } from '@sluice/core'
import { describe, expect, test } from 'vitest'
import {
  controls,
  fromFragment,
  parseSettings,
  toFragment,
  valueAt,
  withSetting,
} from '../../examples/laboratory/src/settings.js'

test('every control is a setting, and the default is one of its values', () => {
  expect(controls).toHaveLength(16)
  const policy = definePolicy()
  for (const control of controls) {
    const values = control.kind === 'slider' ? control.values : control.choices.map(([value]) => value)
    expect(values, control.label).toContain(valueAt(policy, control.path))
  }
})

test('every value of every control is a policy', () => {
  for (const control of controls) {
    const values = control.kind === 'slider' ? control.values : control.choices.map(([value]) => value)
    for (const value of values) {
      const policy = definePolicy(withSetting({}, control.path, value))
      expect([control.label, valueAt(policy, control.path)]).toEqual([control.label, value])
    }
  }
})

describe('a setting that is changed', () => {
  test('leaves out what is as by default', () => {
    const smaller = withSetting({}, ['output', 'maxWidth'], 320)
    expect(smaller).toEqual({ output: { maxWidth: 320, maxHeight: 320 } })
    expect(withSetting(smaller, ['output', 'quality'], 50)).toEqual({
      output: { maxWidth: 320, maxHeight: 320, quality: 50 },
    })
    expect(withSetting(smaller, ['output', 'maxWidth'], 1600)).toEqual({})
    expect(withSetting({ maxFrames: 5 }, ['maxFrames'], 300)).toEqual({})
  })

  test('takes all pixels of an animation along, and no further than it must', () => {
    const large = withSetting({}, ['maxPixels'], 256e6)
    expect(large).toEqual({ maxPixels: 256e6, maxTotalPixels: 256e6 })
    expect(withSetting(large, ['maxPixels'], 32e6)).toEqual({ maxPixels: 32e6 })
  })
})

test('a link keeps sample and policy, and one that is broken or a stranger’s does no harm', () => {
  const settings: PolicyInput = { output: { quality: 40 }, animated: 'gif' }
  expect(fromFragment(`#${toFragment({ sample: 'bomb', settings })}`)).toEqual({ sample: 'bomb', settings })
  expect(toFragment({ settings: {} })).toBe('')
  for (const broken of ['#policy={', '#policy={"nonsense":1}', '#policy=null', '#policy=[1]', '#%E0%A4%A'])
    expect(fromFragment(broken).settings, broken).toEqual({})
})

test('what is no policy is told in words', () => {
  expect(parseSettings('')).toMatchObject({ settings: {} })
  expect(parseSettings('{"maxPixel": 1}')).toEqual({
    problem: expect.stringContaining('did you mean maxPixels'),
  })
  expect(parseSettings('{')).toHaveProperty('problem')
})
