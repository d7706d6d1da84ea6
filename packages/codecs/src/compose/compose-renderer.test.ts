import {
  definePolicy,
  type Header,
  note,
  type PolicyInput,
  type Probed,
  planRendering,
  UploadError,
} from '@sluice/core'
import { SandboxError } from '@sluice/sandbox'
import { expect, test } from 'vitest'
import type { ImageBudget } from '../budget.js'
import type { Decoder, Encoder, Frame, Picture, Resizer } from '../codec.js'
import { composeRenderer, type Parts } from './compose-renderer.js'

/** Four pixels by two, numbered in their red; orientation 6: looked at two by four. */
const header = {
  format: 'png',
  width: 4,
  height: 2,
  orientation: 6,
  frames: 1,
  plays: 1,
  totalPixels: 8,
  iccBytes: 0,
  icc: [] as Header['icc'],
  alpha: false,
} as Header
const image = (change: Partial<Header> = {}) =>
  ({ bytes: new Uint8Array(1), format: 'png', header: { ...header, ...change } }) as Probed
const numbered: Picture = {
  width: 4,
  height: 2,
  pixels: Uint8Array.from({ length: 32 }, (_, at) => (at % 4 ? 255 : at / 4)),
}

interface Log {
  decodes: number
  closed: string[]
}
function parts(log: Log, change: Partial<Parts> & { frames?: readonly Picture[] } = {}): Parts {
  const { frames = [numbered], ...rest } = change
  const decoder: Decoder = {
    format: 'png',
    async decode() {
      log.decodes += 1
      const [{ width, height } = numbered] = frames
      return {
        width,
        height,
        upright: false,
        model: 'rgba',
        close: () => log.closed.push('decoder'),
        async *[Symbol.asyncIterator](): AsyncGenerator<Frame> {
          for (const frame of frames) yield { ...frame, durationMs: 10 }
        },
      }
    },
  }
  // Picks the pixels at whole places.
  const resizer: Resizer = {
    async resize({ pixels, width: stride, ...from }, { crop, ...to }) {
      const { x, y, width, height } = crop ?? { x: 0, y: 0, width: stride, height: from.height }
      const out = new Uint8Array(4 * to.width * to.height)
      for (let row = 0; row < to.height; row++)
        for (let column = 0; column < to.width; column++) {
          const at =
            4 *
            (Math.floor(y + (row * height) / to.height) * stride +
              Math.floor(x + (column * width) / to.width))
          out.set(pixels.subarray(at, at + 4), 4 * (row * to.width + column))
        }
      return { width: to.width, height: to.height, pixels: out }
    },
  }
  // Writes the reds of all frames.
  const encoder: Encoder = {
    format: 'webp',
    async encode(list) {
      const reds: number[] = []
      for await (const { pixels } of list) reds.push(...pixels.filter((_, at) => at % 4 === 0))
      return Uint8Array.from(reds)
    },
  }
  const colour = {
    prepare: async () => ({
      convert: (picture: Picture) => picture,
      note: note('profile-broken'),
      close: () => log.closed.push('colour'),
    }),
  }
  return { name: 'test', decoders: [decoder], resizer, colour, encoders: [encoder], ...rest }
}

async function render(change: Parameters<typeof parts>[1] = {}, settings: PolicyInput = {}, of = image()) {
  const log: Log = { decodes: 0, closed: [] }
  const plan = planRendering(of.header, definePolicy(settings))
  const renderer = composeRenderer(parts(log, change))
  const outcome = await renderer.render(of, plan).catch((thrown: unknown) => thrown)
  return { log, outcome }
}
const failing = (thrown: unknown) => async () => {
  throw thrown
}

test('every output comes upright from one decode, cropped where it is planned so', async () => {
  const variants = {
    left: { maxWidth: 1, maxHeight: 4, fit: 'cover', focus: { x: 0, y: 0 } },
    top: { maxWidth: 2, maxHeight: 2, fit: 'cover', focus: { x: 0, y: 0 } },
  } as const
  const { log, outcome } = await render({}, { variants })
  expect(outcome).toMatchObject({
    renditions: [
      { name: 'main', width: 2, height: 4, bytes: Uint8Array.of(4, 0, 5, 1, 6, 2, 7, 3) },
      { name: 'left', width: 1, height: 4, bytes: Uint8Array.of(4, 5, 6, 7) },
      { name: 'top', width: 2, height: 2, bytes: Uint8Array.of(4, 0, 5, 1) },
    ],
    notes: [note('profile-broken')],
  })
  expect(log).toEqual({ decodes: 1, closed: ['decoder', 'colour'] })
})

test('an animation gives all its frames to one output and the first to another', async () => {
  const frames = [0, 100, 200].map(step => ({
    ...numbered,
    pixels: numbered.pixels.map((value, at) => (at % 4 ? 255 : value + step)),
  }))
  const log: Log = { decodes: 0, closed: [] }
  const of = image({ frames: 3, orientation: 1 })
  const plan = planRendering(of.header, definePolicy({ variants: { poster: { maxWidth: 4 } } }))
  const outputs = plan.outputs.map(output => ({ ...output, animated: output.name === 'main' }))
  const { renditions } = await composeRenderer(parts(log, { frames })).render(of, { ...plan, outputs })
  expect(renditions.map(({ frames, bytes }) => [frames, bytes.length])).toEqual([
    [3, 24],
    [1, 8],
  ])
})

test('the placeholder is made of the same decode', async () => {
  const { log, outcome } = await render({}, { placeholder: 'thumbhash' })
  expect(outcome).toMatchObject({
    placeholder: { colour: '#04ffff', thumbhash: expect.stringMatching(/^[\w+/]{20,40}=*$/) },
  })
  expect(log.decodes).toBe(1)
})

test.each([
  [
    'other pixels than the header says',
    { frames: [{ width: 2, height: 2, pixels: new Uint8Array(16) }] },
    'decode-failed',
  ],
  ['too few bytes', { frames: [{ ...numbered, pixels: new Uint8Array(31) }] }, 'decode-failed'],
  ['no frame', { frames: [] }, 'decode-failed'],
  ['no encoder for the format', { encoders: [] }, 'unsupported-kind'],
  ['no decoder for the format', { decoders: [] }, 'unsupported-kind'],
  ['a number thrown by the resizer', { resizer: { resize: failing(7) } }, 'render-failed'],
  ['a string thrown by the colours', { colour: { prepare: failing('x') } }, 'render-failed'],
  [
    'work beyond the fuel',
    { resizer: { resize: failing(new SandboxError('out-of-fuel', '')) } },
    'too-costly',
  ],
  [
    'memory beyond the ceiling',
    { resizer: { resize: failing(new SandboxError('out-of-memory', '')) } },
    'too-much-memory',
  ],
] as const)('%s is refused, and everything is closed', async (_what, change, code) => {
  const { log, outcome } = await render(change as Parameters<typeof parts>[1], { output: { maxWidth: 1 } })
  expect(outcome).toBeInstanceOf(UploadError)
  expect(outcome).toMatchObject({ code, stage: 'render' })
  expect(log.closed.filter(name => name === 'decoder').length).toBe(log.decodes)
})

test('an encoder that never reads does not hold up the others', async () => {
  const lazy: Encoder = {
    format: 'webp',
    encode: async (list, { width }) => {
      if (width === 1) return new Uint8Array(1)
      for await (const _ of list) return new Uint8Array(2)
      return new Uint8Array(3)
    },
  }
  const { outcome } = await render({ encoders: [lazy] }, { variants: { tiny: { maxWidth: 1 } } })
  expect(outcome).toMatchObject({ renditions: [{ bytes: new Uint8Array(2) }, { bytes: new Uint8Array(1) }] })
})

test('the decoder is closed before an encoder gets a still, and open while it gets an animation', async () => {
  const log: Log = { decodes: 0, closed: [] }
  const closedAt: string[][] = []
  const eager: Encoder = {
    format: 'webp',
    async encode(list) {
      for await (const _ of list) closedAt.push([...log.closed])
      return new Uint8Array(1)
    },
  }
  const plan = (frames: number) => {
    const of = image({ frames, orientation: 1 })
    const planned = planRendering(of.header, definePolicy({ variants: { tiny: { maxWidth: 1 } } }))
    const outputs = planned.outputs.map(output => ({
      ...output,
      animated: frames > 1 && output.name === 'main',
    }))
    return [of, { ...planned, outputs }] as const
  }
  await composeRenderer(parts(log, { encoders: [eager] })).render(...plan(1))
  expect(closedAt).toEqual([['decoder'], ['decoder']])
  log.closed = []
  closedAt.length = 0
  const frames = [numbered, numbered]
  await composeRenderer(parts(log, { encoders: [eager], frames })).render(...plan(2))
  expect(closedAt).toEqual([[], [], ['decoder']])
})

test('memoryMb is for all that an image holds, and each part gets what the others left', async () => {
  const left: number[] = []
  const looking: Encoder = {
    format: 'webp',
    async encode(list, { budget }) {
      for await (const _ of list) left.push(budget.memory.left)
      return new Uint8Array(1)
    },
  }
  await render({ encoders: [looking] }, { memoryMb: 16, variants: { tiny: { maxWidth: 1 } } })
  const file = 1
  const pictures = 4 * (2 * 4 + 1 * 2)
  expect(left).toEqual([16 * 2 ** 20 - file - pictures, expect.any(Number)])

  const large = { ...image(), bytes: new Uint8Array(17 * 2 ** 20) }
  const { outcome } = await render({}, { memoryMb: 16 }, large)
  expect(outcome).toMatchObject({ code: 'too-much-memory', params: { memoryMb: 16 } })
})

test('an output is counted before it is made, and given back where that fails', async () => {
  const budgets: ImageBudget[] = []
  const held: number[] = []
  const shaping = (fails: boolean): Resizer => ({
    async resize(_picture, { width, height, budget }) {
      budgets.push(budget)
      held.push(budget.memory.held)
      if (fails) throw new Error('no')
      return { width, height, pixels: new Uint8Array(4 * width * height) }
    },
  })
  const output = { maxWidth: 1 }
  const made = await render({ resizer: shaping(false) }, { output })
  expect(made.outcome).toMatchObject({ renditions: [{ width: 1, height: 2 }] })
  const failed = await render({ resizer: shaping(true) }, { output })
  expect(failed.outcome).toMatchObject({ code: 'render-failed' })
  const file = 1
  const pixels = 4 * 1 * 2
  expect(held).toEqual([file + pixels, file + pixels])
  expect(budgets.map(({ memory }) => memory.held)).toEqual([file, file])
})

test('the clock is looked at between steps', async () => {
  const slow: Resizer = {
    async resize(_picture, { width, height }) {
      const end = performance.now() + 30
      while (performance.now() < end);
      return { width, height, pixels: new Uint8Array(4 * width * height) }
    },
  }
  const { outcome } = await render({ resizer: slow }, { timeMs: 20, output: { maxWidth: 1 } })
  expect(outcome).toMatchObject({ code: 'timed-out', params: { timeMs: 20 } })
})

test('timeMs is for the counted work of all frames and outputs together, too', async () => {
  const busy = (ms: number): Encoder => ({
    format: 'webp',
    async encode(list, { budget }) {
      for await (const _ of list) budget.time.charge(ms)
      return new Uint8Array(1)
    },
  })
  const policy = { timeMs: 60_000, variants: { tiny: { maxWidth: 1 } } }
  const within = await render({ encoders: [busy(30_000)] }, policy)
  expect(within.outcome).toMatchObject({ renditions: [{ name: 'main' }, { name: 'tiny' }] })
  const beyond = await render({ encoders: [busy(30_001)] }, policy)
  expect(beyond.outcome).toMatchObject({ code: 'too-costly' })
  expect(beyond.log.closed).toContain('decoder')
})

test('between two frames everybody else on this thread has a turn', async () => {
  const log: Log = { decodes: 0, closed: [] }
  const frames = Array.from({ length: 20 }, () => numbered)
  let turns = 0
  let drawing = true
  const count = () => {
    turns++
    if (drawing) setImmediate(count)
  }
  setImmediate(count)
  const source = image({ frames: frames.length, totalPixels: 8 * frames.length })
  await composeRenderer(parts(log, { frames })).render(source, planRendering(source.header, definePolicy()))
  drawing = false
  expect(turns).toBeGreaterThanOrEqual(frames.length - 1)
})
