import { definePolicy, planRendering, type RenderPlan, UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import { picture } from '../../test/pictures.js'
import { prepare } from '../testing/exam.js'
import { defaultRenderer } from './default.js'

const renderer = defaultRenderer()

/** Files, or that there was not enough memory. */
async function drawn(name: string, budget: Partial<RenderPlan['budget']>) {
  const [image] = await prepare(await picture(name))
  const plan = planRendering(image.header, definePolicy())
  try {
    const { renditions } = await renderer.render(image, { ...plan, budget: { ...plan.budget, ...budget } })
    return renditions.map(({ bytes }) => bytes)
  } catch (thrown) {
    if (thrown instanceof UploadError && thrown.code === 'too-much-memory') return 'too-much-memory'
    throw thrown
  }
}

test.each([
  'photos/valley.jpg',
  'photos/phone-portrait.jpg',
  'png/photo.png',
  'png/grey-alpha.png',
  'webp/lossy.webp',
])('with a part of the memory %s is drawn as with all of it, or not at all', async name => {
  const whole = await drawn(name, {})
  expect(whole).toBeInstanceOf(Array)
  const parts = []
  for (const memoryMb of [0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48])
    parts.push(await drawn(name, { memoryMb, isPart: true }))
  const fitting = parts.filter(part => part !== 'too-much-memory')
  expect(parts[0]).toBe('too-much-memory')
  expect(fitting.length).toBeGreaterThan(1)
  for (const part of fitting) expect(part).toEqual(whole)
})
