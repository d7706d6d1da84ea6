import { kernelRenderer } from '@sluice/codecs'
import { firstFrame } from '@sluice/codecs/testing'
import { definePolicy, type PolicyInput, sanitize, type Upload } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { expect, test } from 'vitest'
import { quarters } from './quarters.js'

const renderer = kernelRenderer()

async function store(upload: Omit<Upload, 'body'>, settings: PolicyInput = {}, orientation?: number) {
  const kept = memoryStore()
  const policy = definePolicy({ output: { quality: 100, ...settings.output }, ...settings })
  const stored = await sanitize(
    { body: quarters(400, 300, orientation), ...upload },
    { policy, renderer, store: kept },
  )
  const bytes = await kept.get(stored.key)
  if (!bytes) throw new Error('nothing was stored')
  return { stored, ...(await firstFrame(bytes)) }
}

/** Which quarter the pixel in the middle of each quarter of an output is of: rows from the top left. */
async function seen(...of: Parameters<typeof store>) {
  const { width, height, pixels } = await store(of[0], of[1], of[2])
  const names = [0.25, 0.75].map(y =>
    [0.25, 0.75].map(x => {
      const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width))
      const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3)
      return `${r > 128 ? 'r' : ''}${g > 128 ? 'g' : ''}${b > 128 ? 'b' : ''}`
    }),
  )
  return { size: [width, height], names }
}

const lowerRight = { x: 0.5, y: 0.5, width: 0.5, height: 0.5 }

test('the picture of these tests: red, green, blue and black quarters', async () => {
  expect(await seen({})).toEqual({
    size: [400, 300],
    names: [
      ['r', 'g'],
      ['b', ''],
    ],
  })
})

test('a crop is what is shown, in its own pixels', async () => {
  expect(await seen({ crop: { ...lowerRight, x: 0 } })).toEqual({
    size: [200, 150],
    names: [
      ['b', 'b'],
      ['b', 'b'],
    ],
  })
  expect(await seen({ crop: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } })).toEqual({
    size: [200, 150],
    names: [
      ['r', 'g'],
      ['b', ''],
    ],
  })
})

test('of a turned photo it is the part that a person saw', async () => {
  // Orientation 6: stored lying on its side; the stored left column is the upright top row.
  expect(await seen({}, {}, 6)).toEqual({
    size: [300, 400],
    names: [
      ['b', 'r'],
      ['', 'g'],
    ],
  })
  expect(await seen({ crop: { x: 0.5, y: 0, width: 0.5, height: 0.5 } }, {}, 6)).toEqual({
    size: [150, 200],
    names: [
      ['r', 'r'],
      ['r', 'r'],
    ],
  })
})

test('cover has the shape of its box around the focus of the upload', async () => {
  const output = { fit: 'cover', maxWidth: 400, maxHeight: 400 } as const
  expect(await seen({}, { output })).toMatchObject({ size: [300, 300] })
  const narrow = { fit: 'cover', maxWidth: 50, maxHeight: 300 } as const
  expect(await seen({ focus: { x: 0, y: 0 } }, { output: narrow })).toMatchObject({
    names: [
      ['r', 'r'],
      ['b', 'b'],
    ],
  })
  expect(await seen({ focus: { x: 1, y: 0 } }, { output: narrow })).toMatchObject({
    names: [
      ['g', 'g'],
      ['', ''],
    ],
  })
})

test('enlarging by choice', async () => {
  const output = { fit: 'cover', maxWidth: 800, maxHeight: 800, enlarge: true } as const
  expect(await seen({}, { output })).toEqual({
    size: [800, 800],
    names: [
      ['r', 'g'],
      ['b', ''],
    ],
  })
  expect(await seen({ crop: lowerRight }, { output: { ...output, fit: 'inside' } })).toMatchObject({
    size: [800, 600],
  })
})

test('the placeholder shows what the picture shows, and nothing that was cut off', async () => {
  const { stored } = await store({ crop: { ...lowerRight, x: 0 } }, { placeholder: 'thumbhash' })
  expect(stored.placeholder?.colour).toBe('#0000ff')
})

test('a renderer that leaves the crop out is found out', async () => {
  const careless = {
    ...renderer,
    render: (image, plan, signal) =>
      renderer.render(
        image,
        {
          ...plan,
          outputs: plan.outputs.map(output => ({ ...output, width: 400, height: 300, crop: undefined })),
        },
        signal,
      ),
  } satisfies typeof renderer
  const upload = { body: quarters(400, 300), crop: lowerRight }
  await expect(
    sanitize(upload, { policy: definePolicy(), renderer: careless, store: memoryStore() }),
  ).rejects.toMatchObject({ code: 'verify-failed' })
})
