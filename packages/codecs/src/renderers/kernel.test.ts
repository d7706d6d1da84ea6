import { type PolicyInput, UploadError } from '@sluice/core'
import { bytesHeld } from '@sluice/sandbox'
import { expect, test } from 'vitest'
import { ImageBudget } from '../budget.js'
import { blocks } from '../testing/blocks.js'
import { draw, prepare } from '../testing/exam.js'
import { makeGif } from '../testing/images/gif.js'
import { makeJpeg } from '../testing/images/jpeg.js'
import { makePng } from '../testing/images/png.js'
import { openKernel } from '../wasm/with-kernel.js'
import { kernelRenderer } from './kernel.js'

const renderer = kernelRenderer()
const code = async (work: Promise<unknown>) => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  return thrown instanceof UploadError ? thrown.code : thrown
}

test.each([
  ['jpeg', makeJpeg(blocks())],
  ['png', makePng(blocks())],
  ['gif', makeGif([blocks(), blocks()])],
])(
  '%s beyond its fuel is too costly, and is within it with the fuel that it is priced at',
  async (_format, file) => {
    const [image, plan] = await prepare(file)
    const budget = { ...plan.budget, headroom: 1e-6 }
    expect(await code(renderer.render(image, { ...plan, budget }))).toBe('too-costly')
    expect(
      await code(renderer.render(image, { ...plan, budget: { ...plan.budget, headroom: 1 } })),
    ).toBeUndefined()
  },
)

test('a picture that needs more memory than it is given', async () => {
  // 20 MiB as pixels.
  const file = makeJpeg({ width: 2048, height: 2560, pixels: new Uint8Array(4 * 2048 * 2560).fill(99) })
  const whole: PolicyInput = { output: { maxWidth: 4096, maxHeight: 4096, effort: 0 } }
  expect(await code(draw(renderer, file, { ...whole, memoryMb: 16 }))).toBe('too-much-memory')
  expect(await code(draw(renderer, file, { ...whole, memoryMb: 48 }))).toBeUndefined()
})

test('animations keep frames, durations and loops; the first frame alone is a still', async () => {
  const turned = {
    ...blocks(),
    pixels: blocks()
      .pixels.slice()
      .reverse()
      .map((_, at, all) => all[at ^ 3] ?? 0),
  }
  const file = makeGif([blocks(), turned, blocks()], 70)
  const still = await draw(renderer, file, { animated: 'first-frame' })
  expect(still.renditions).toMatchObject([{ format: 'webp', frames: 1 }])
  for (const animated of ['gif', 'webp'] as const) {
    const { renditions } = await draw(renderer, file, { animated })
    const [image] = await prepare(renditions[0]?.bytes ?? new Uint8Array())
    expect(image.header).toMatchObject({
      format: animated,
      frames: 3,
      durationMs: 210,
      plays: 0,
      width: 16,
      height: 24,
    })
  }
})

test('nothing stays in use, and a closed kernel runs nothing', async () => {
  const before = bytesHeld()
  const budget = new ImageBudget({ timeMs: 1000, headroom: 3, memoryMb: 64 })
  const open = await openKernel(budget, { step: 'decode', fuel: 1e6, perMs: 1e6 }, 2 ** 20)
  open.close()
  expect(() => open.run(() => 1)).toThrow('closed')
  for (let round = 0; round < 20; round++) await draw(renderer, makeJpeg(blocks()))
  expect(bytesHeld()).toBeLessThanOrEqual(before + 64 * 2 ** 20)
})

test('a rendering says what each step took: fuel and memory are the same every time', async () => {
  const file = makeGif([blocks(), blocks()])
  const costsOf = async () => {
    const { costs } = await draw(renderer, file, { animated: 'webp', output: { maxWidth: 5, maxHeight: 5 } })
    return costs?.map(({ ms, ...rest }) => rest)
  }
  const costs = await costsOf()
  expect(costs?.map(({ step }) => step)).toEqual(['decode', 'encode'])
  for (const { fuel, memoryBytes } of costs ?? []) {
    expect(fuel).toBeGreaterThan(0)
    expect(memoryBytes).toBeGreaterThan(file.length)
    expect(memoryBytes).toBeLessThan(512 * 2 ** 20)
  }
  expect(await costsOf()).toEqual(costs)
})
