import { Worker } from 'node:worker_threads'
import { type ErrorCode, type Probed, type Rendering, type RenderPlan, UploadError } from '@sluice/core'
import { afterEach, describe, expect, it } from 'vitest'
import { type WorkerEnd, type WorkerPool, type WorkersOptions, workers } from './workers.js'

type Behaviour = 'echo' | 'work' | 'spin' | 'refuse' | 'throw' | 'exit' | 'crash'

const image = (name: Behaviour, bytes = new Uint8Array([1, 2, 3]), format = 'png') =>
  ({ bytes, name, extension: format, format, header: {}, notes: [] }) as unknown as Probed
const plan = (timeMs = 10_000): RenderPlan => ({
  outputs: [],
  placeholder: 'none',
  budget: { timeMs, headroom: 3, memoryMb: 64 },
})

let open: WorkerPool[] = []
let ends: WorkerEnd[] = []
function pool(options: Partial<WorkersOptions> = {}, module = '../../test/toy-worker.mjs') {
  const made = workers(() => new Worker(new URL(module, import.meta.url), { execArgv: [] }), {
    size: 1,
    maxQueue: 10,
    onEnd: event => ends.push(event),
    ...options,
  })
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.map(each => each.close()))
  open = []
  ends = []
})

const codeOf = (work: Promise<Rendering>): Promise<ErrorCode | 'accepted'> =>
  work.then(
    () => 'accepted',
    thrown => (thrown instanceof UploadError ? thrown.code : expect.fail(`foreign error ${thrown}`)),
  )

describe('workers', () => {
  it('draw an image, and leave the bytes of the caller alone', async () => {
    const bytes = new Uint8Array(1000).fill(7)
    const { renditions } = await pool().render(image('echo', bytes), plan())
    expect(renditions[0]?.bytes).toEqual(bytes)
    expect(bytes.length).toBe(1000)
  })

  it('hand refusals on with their code, numbers and detail, and turn anything else into render-failed', async () => {
    const one = pool()
    const refusal = await one.render(image('refuse'), plan()).catch(error => error)
    expect(refusal).toMatchObject({ code: 'too-many-pixels', params: { maxPixels: 1 }, detail: 'private' })
    expect(await codeOf(one.render(image('throw'), plan()))).toBe('render-failed')
    const gif = image('echo', undefined, 'gif')
    expect(await codeOf(one.render(gif, plan()))).toBe('unsupported-kind')
    expect(ends).toEqual([])
  })

  it('end a stuck decode when its time is up, fill the slot again, and say so', async () => {
    const one = pool({ timeMs: 300 })
    const started = performance.now()
    const stuck = await one.render(image('spin'), plan()).catch(error => error)
    expect(stuck).toMatchObject({ code: 'timed-out', params: { timeMs: 300 } })
    expect(performance.now() - started).toBeGreaterThanOrEqual(300)
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
    expect(ends).toMatchObject([{ event: 'worker-ended', code: 'timed-out' }])
  })

  it('count the time from the start of the decode, not of the wait', async () => {
    const one = pool({ timeMs: 500 })
    const codes = await Promise.all([1, 2, 3, 4, 5].map(() => codeOf(one.render(image('work'), plan()))))
    expect(codes).toEqual(Array(5).fill('accepted'))
  })

  it("take the policy's time where it is less", async () => {
    const stuck = await pool({ timeMs: 60_000 })
      .render(image('spin'), plan(200))
      .catch(error => error)
    expect(stuck).toMatchObject({ code: 'timed-out', params: { timeMs: 200 } })
  })

  it('end a decode when its signal aborts, and take a waiting one out of the queue', async () => {
    const one = pool()
    const running = new AbortController()
    const waiting = new AbortController()
    const first = codeOf(one.render(image('spin'), plan(), running.signal))
    const second = codeOf(one.render(image('spin'), plan(), waiting.signal))
    const third = codeOf(one.render(image('echo'), plan()))
    waiting.abort()
    expect(await second).toBe('aborted')
    setTimeout(() => running.abort(), 300)
    expect(await first).toBe('aborted')
    expect(await third).toBe('accepted')
    expect(await codeOf(one.render(image('echo'), plan(), AbortSignal.abort()))).toBe('aborted')
  })

  it.each(['exit', 'crash'] as const)('survive a worker that ends by itself: %s', async behaviour => {
    const one = pool()
    expect(await codeOf(one.render(image(behaviour), plan()))).toBe('render-failed')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
  })

  it('refuse when the module cannot be loaded, each time anew', async () => {
    const one = pool({}, '../../test/no-such-file.mjs')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('render-failed')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('render-failed')
  })

  it('take as many as can wait, and answer busy to the rest at once, with the time to come back', async () => {
    const one = pool({ size: 2, maxQueue: 3 })
    const work = Array.from({ length: 8 }, () => one.render(image('work'), plan()))
    const codes = await Promise.all(work.map(codeOf))
    expect(codes).toEqual([...Array(5).fill('accepted'), ...Array(3).fill('busy')])
    const error = (await work[7]?.catch(thrown => thrown)) as UploadError
    expect(error.status).toBe(503)
    expect(error.params).toHaveProperty('retryAfter')
    expect(Number(Object.values(error.params)[0])).toBeGreaterThanOrEqual(1)
  })

  it('serve in the order of arrival', async () => {
    const one = pool()
    const order: number[] = []
    await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async n => {
        await one.render(image('echo'), plan())
        order.push(n)
      }),
    )
    expect(order).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('finish what they have when they are closed, and take no more', async () => {
    const one = pool()
    const work = [1, 2, 3].map(() => codeOf(one.render(image('work'), plan())))
    const closing = one.close()
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('busy')
    await closing
    expect(await Promise.all(work)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it.each([{ size: 0 }, { size: 1.5 }, { maxQueue: -1 }, { timeMs: 0 }, { timeMs: Number.NaN }])(
    'name a setting that makes no sense: %o',
    options => {
      expect(() => pool(options)).toThrow(new RegExp(Object.keys(options)[0] ?? ''))
    },
  )
})
