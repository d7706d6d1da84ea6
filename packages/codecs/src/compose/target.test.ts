import type { Header, PlannedOutput } from '@sluice/core'
import { expect, test } from 'vitest'
import { targetSize } from './target.js'

const header = { width: 4000, height: 3000, orientation: 1 } as Header
const output = (part: Partial<PlannedOutput>) => part as PlannedOutput

test('one output that shows everything is decoded at its own size', () => {
  expect(targetSize(header, [output({ width: 1600, height: 1200 })])).toEqual({ width: 1600, height: 1200 })
})

test('the size is in upright pixels', () => {
  const turned = { ...header, orientation: 6 } as Header
  expect(targetSize(turned, [output({ width: 5000, height: 5000 })])).toEqual({ width: 3000, height: 4000 })
})

test('a crop needs the whole at the scale of its part', () => {
  const crop = { x: 500, y: 0, width: 3000, height: 3000 }
  expect(targetSize(header, [output({ width: 300, height: 300, crop })])).toEqual({ width: 400, height: 300 })
})

test('the largest scale of all outputs decides', () => {
  const crop = { x: 1000, y: 0, width: 1000, height: 1000 }
  const outputs = [output({ width: 800, height: 600 }), output({ width: 1000, height: 1000, crop })]
  expect(targetSize(header, outputs)).toEqual({ width: 4000, height: 3000 })
})
