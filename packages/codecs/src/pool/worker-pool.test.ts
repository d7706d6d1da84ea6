import { definePolicy, type Format, type OutputFormat, planRendering, type Rendering } from '@sluice/core'
import { expect, test } from 'vitest'
import { picture } from '../../test/pictures.js'
import { avif } from '../formats/avif/index.js'
import { heic } from '../formats/heic/index.js'
import * as jsquash from '../jsquash.js'
import { defaultRenderer } from '../renderers/default.js'
import { prepare } from '../testing/exam.js'
import { sharedRenderer } from './shared-renderer.js'
import { workerPool } from './worker-pool.js'

function withoutTimes({ costs, ...rendering }: Rendering) {
  return { ...rendering, costs: costs?.map(({ ms, ...cost }) => cost) }
}

test('the codecs of codec packs come along, and draw the same bytes as on the thread itself', async () => {
  const codecs = [avif(), heic()]
  const pool = workerPool({ codecs, size: 1 })
  expect([pool.reads, pool.writes]).toEqual([
    ['avif', 'heic', 'jpeg', 'png', 'gif', 'webp'] satisfies Format[],
    ['avif', 'webp', 'gif'] satisfies OutputFormat[],
  ])
  const [image] = await prepare(await picture('photos/grey.jpg'))
  const policy = definePolicy({ variants: { small: { maxWidth: 80, format: 'avif', quality: 60 } } })
  const plan = planRendering(image.header, policy)
  const inWorker = await pool.render(image, plan)
  expect(inWorker.renditions.map(({ format }) => format)).toEqual(['webp', 'avif'])
  expect(withoutTimes(inWorker)).toEqual(withoutTimes(await defaultRenderer({ codecs }).render(image, plan)))
  await pool.close()
})

test('without codec packs it says what it reads, so that a policy that asks for more fails at start', () => {
  const { reads, writes } = workerPool()
  expect([reads, writes]).toEqual([
    ['jpeg', 'png', 'gif', 'webp'],
    ['webp', 'gif'],
  ])
})

test('a part that does not say its format is refused at start, with where it belongs', () => {
  expect(() => workerPool({ codecs: [{ encoders: [jsquash.libwebp()] } as never] })).toThrow(
    /without a format; a StillEncoder is for kernelRenderer/,
  )
})

test('a codec pack that no worker can make is refused at start', () => {
  const [decoder] = avif().decoders ?? []
  expect(() => workerPool({ codecs: [{ decoders: decoder ? [decoder] : [] }] })).toThrow(
    'the codec pack for AVIF has no `module`, so that a worker cannot load it: use workers() and serveRenderer()',
  )
})

test('a codec pack whose module cannot be imported there is the fault of the server, and is named', async () => {
  const missing = { url: () => new URL('file:///nowhere/codec-pack.js'), name: 'codec pack' }
  const pool = workerPool({ codecs: [{ module: missing }], size: 1, onEnd: () => {} })
  await expect(pool.ready()).rejects.toMatchObject({
    code: 'renderer-unavailable',
    detail: expect.stringContaining('/nowhere/codec-pack.js'),
  })
  await pool.close()
})

test('whoever sets no renderer shares one pool', () => {
  expect(sharedRenderer()).toBe(sharedRenderer())
  expect(sharedRenderer().reserve).toBeTypeOf('function')
})

test('a name that is no option is refused, with the one that was meant', () => {
  expect(() => workerPool({ codec: [] } as object)).toThrow(
    'workerPool: codec is not an option; did you mean codecs?',
  )
  expect(() => workerPool({ encoder: {} } as object)).toThrow('workerPool: encoder is not an option')
  expect(() => workerPool({ zzzzzzzzz: 1 } as object)).toThrow(/the options are size, .*codecs/)
})
