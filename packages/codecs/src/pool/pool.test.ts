import { Worker } from 'node:worker_threads'
import {
  type ErrorCode,
  type Probed,
  type Rendering,
  type RenderPlan,
  type Reservation,
  UploadError,
} from '@sluice/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { WorkerEnd } from './worker-log.js'
import { type WorkerPool, type WorkersOptions, workers } from './workers.js'

type Behaviour =
  | 'echo'
  | 'work'
  | 'spin'
  | 'refuse'
  | 'throw'
  | 'exit'
  | 'crash'
  | 'leave'
  | 'hungry'
  | 'large'

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
  // Whole pages of 64 KiB fill the memory of WebAssembly that they are in, which Deno does not transfer.
  it.each([1000, 5 * 65_536])(
    'draw an image of %d bytes, and leave those of the caller alone',
    async length => {
      const bytes = new Uint8Array(length).fill(7)
      const { renditions } = await pool().render(image('echo', bytes), plan())
      expect(renditions[0]?.bytes).toEqual(bytes)
      expect(bytes.length).toBe(length)
    },
  )

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

  it('finish what runs when its sender hangs up, and take who waits out of the queue', async () => {
    const one = pool()
    await one.ready()
    const running = new AbortController()
    const waiting = new AbortController()
    const order: string[] = []
    const first = codeOf(one.render(image('work'), plan(), running.signal))
    const second = codeOf(one.render(image('spin'), plan(), waiting.signal))
    const third = codeOf(one.render(image('echo'), plan())).then(code => order.push(code))
    running.abort()
    waiting.abort()
    order.push(await first, await second)
    await third
    // Whoever hangs up is answered before the worker is done, and no worker is ended for it.
    expect(order).toEqual(['aborted', 'aborted', 'accepted'])
    expect(ends).toEqual([])
    expect(await codeOf(one.render(image('echo'), plan(), AbortSignal.abort()))).toBe('aborted')
  })

  it('end what its sender has left when its time is up all the same', async () => {
    const one = pool({ timeMs: 200 })
    await one.ready()
    const running = new AbortController()
    const left = codeOf(one.render(image('spin'), plan(), running.signal))
    running.abort()
    expect(await left).toBe('aborted')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
    expect(ends).toMatchObject([{ code: 'timed-out' }])
  })

  it.each(['exit', 'crash'] as const)('survive a worker that ends by itself: %s', async behaviour => {
    const one = pool()
    expect(await codeOf(one.render(image(behaviour), plan()))).toBe('render-failed')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
  })

  it('start anew where a worker broke while nobody wanted anything of it', async () => {
    const ended = new Promise<WorkerEnd>(resolve => {
      const one = pool({ onEnd: resolve })
      void one.render(image('leave'), plan())
    })
    expect(await ended).toMatchObject({ code: 'render-failed' })
    const [one = pool()] = open
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
  })

  it('say that the server is at fault when the module cannot be loaded, and try less and less often', async () => {
    const one = pool({}, '../../test/no-such-file.mjs')
    await expect(one.ready()).rejects.toMatchObject({ code: 'renderer-unavailable', status: 503 })
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('renderer-unavailable')
    const third = await one.render(image('echo'), plan()).catch(error => error)
    expect(third).toMatchObject({
      code: 'renderer-unavailable',
      detail: expect.stringContaining('no-such-file.mjs'),
    })
    // The place of the worker is empty for a while now.
    const fourth = await one.render(image('echo'), plan()).catch(error => error)
    expect(fourth).toMatchObject({ code: 'busy', params: { retryAfter: 1 } })
    expect(ends.map(({ code }) => code)).toEqual(Array(3).fill('renderer-unavailable'))
    expect(ends.map(({ restMs }) => restMs > 0)).toEqual([false, false, true])
  })

  it.each([
    ['throws', () => expect.fail('full')],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('go on when the function that is told of an end %s', async (_, onEnd) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const one = pool({ timeMs: 100, onEnd })
    expect(await codeOf(one.render(image('spin'), plan()))).toBe('timed-out')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
    expect(logged.mock.calls.map(([line]) => JSON.parse(line))).toMatchObject([
      { event: 'worker-ended', code: 'timed-out' },
      { event: 'callback-failed', callback: 'onEnd' },
    ])
    logged.mockRestore()
  })

  it('have no room for an image that the policy allows: the server is at fault, not the image', async () => {
    const one = pool({ memoryMb: 16 })
    const refused = await one.render(image('hungry'), plan()).catch(error => error)
    expect(refused).toMatchObject({
      code: 'renderer-unavailable',
      detail: expect.stringContaining('the workers have 16 MiB for an image, the policy allows 64'),
    })
    const roomy = await pool({ memoryMb: 64 })
      .render(image('hungry'), plan())
      .catch(error => error)
    expect(roomy).toMatchObject({ code: 'too-much-memory', params: { memoryMb: 64 } })
  })

  it('draw again with more of the memory what needs more than its part, at last alone', async () => {
    const one = pool({ size: 2, memoryMb: 36 })
    const drawn = (name: Behaviour) => one.render(image(name), plan())
    const works = [drawn('work'), drawn('large'), drawn('work'), drawn('large'), drawn('work')]
    const times = (await Promise.all(works)).map(({ renditions: [first] }) => {
      const [from = 0, to = 0] = new Float64Array(first?.bytes.slice().buffer ?? new ArrayBuffer(0))
      return { from, to }
    })
    const [, large, , second] = times
    for (const alone of [large, second])
      for (const other of times.filter(each => each !== alone))
        expect(alone && (other.to <= alone.from || other.from >= alone.to)).toBe(true)
    const refused = await pool({ size: 2, memoryMb: 30 })
      .render(image('large'), plan())
      .catch(error => error)
    expect(refused).toMatchObject({ code: 'renderer-unavailable' })
  })

  it('go on where who waits for all of them hangs up', async () => {
    const one = pool({ size: 2, memoryMb: 45 })
    const gone = new AbortController()
    const running = codeOf(one.render(image('spin'), plan(700)))
    const waiting = codeOf(one.render(image('large'), plan(), gone.signal))
    // Its first attempt, on the other worker, has ended, and it waits for both.
    await codeOf(one.render(image('echo'), plan(), AbortSignal.timeout(300)))
    gone.abort()
    expect(await waiting).toBe('aborted')
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('accepted')
    expect(await running).toBe('timed-out')
  })

  it('refuse a request before its body, where more come than can be drawn, and serve those who are there', async () => {
    const one = pool({ maxWaitMs: 100 })
    await one.render(image('echo'), plan())
    const places = Array.from({ length: 4 }, (_, n) => one.reserve(`visitor ${n}`))
    const work = places.map(place => codeOf(place.render(image('work'), plan())))
    // Three wait, and have for longer than 100 ms while the first is drawn for 200.
    await vi.waitFor(() =>
      expect(() => one.reserve('late').release()).toThrow(
        expect.objectContaining({ code: 'busy', stage: 'guard', params: { retryAfter: expect.any(Number) } }),
      ),
    )
    expect(await Promise.all(work)).toEqual(Array(4).fill('accepted'))
    one.reserve('later').release()
    for (const place of places) place.release()
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

  it('draw for all keys in turn: who sends much waits behind their own', async () => {
    const one = pool({ maxQueue: 20 })
    await one.ready()
    const order: string[] = []
    const reservations: Reservation[] = []
    const send = (key: string) => {
      const reservation = one.reserve(key)
      reservations.push(reservation)
      return reservation.render(image('echo'), plan()).then(() => order.push(key))
    }
    await Promise.all(['a', 'a', 'a', 'a', 'a', 'b', 'b', 'c'].map(send))
    for (const reservation of reservations) reservation.release()
    expect(order).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a', 'a'])
  })

  it('keep a place for who reserved one, and tell the others before they send anything', async () => {
    const one = pool({ maxQueue: 1 })
    await one.ready()
    const reservation = one.reserve('a')
    const others = [one.reserve('b'), one.reserve('c')]
    const work = others.map(other => codeOf(other.render(image('work'), plan())))
    // One is drawn, one waits: the queue is full.
    expect(() => one.reserve('d')).toThrow(expect.objectContaining({ code: 'busy', stage: 'guard' }))
    work.push(codeOf(reservation.render(image('echo'), plan())))
    expect(await Promise.all(work)).toEqual(['accepted', 'accepted', 'accepted'])
    for (const each of [reservation, ...others]) each.release()
  })

  it('keep no more reservations than maxReserved, until one is given back', async () => {
    const one = pool({ maxReserved: 2 })
    const reservations = [one.reserve('a'), one.reserve('b')]
    expect(() => one.reserve('c')).toThrow(expect.objectContaining({ code: 'busy' }))
    reservations[0]?.release()
    reservations[0]?.release()
    one.reserve('c')
    expect(() => one.reserve('d')).toThrow(expect.objectContaining({ code: 'busy' }))
  })

  it('finish what they have when they are closed, also what needs another attempt', async () => {
    const one = pool({ size: 2, memoryMb: 45 })
    const large = codeOf(one.render(image('large'), plan()))
    await one.close()
    expect(await large).toBe('accepted')
  })

  it('finish what they have when they are closed, and take no more', async () => {
    const one = pool()
    const work = [1, 2, 3].map(() => codeOf(one.render(image('work'), plan())))
    const closing = one.close()
    expect(await codeOf(one.render(image('echo'), plan()))).toBe('busy')
    await closing
    expect(await Promise.all(work)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it.each([
    { size: 0 },
    { size: 1.5 },
    { maxQueue: -1 },
    { timeMs: 0 },
    { timeMs: Number.NaN },
    { maxWaitMs: 0 },
  ])('name a setting that makes no sense: %o', options => {
    expect(() => pool(options)).toThrow(new RegExp(Object.keys(options)[0] ?? ''))
  })

  it('refuse a name that is no option, and say which was meant', () => {
    expect(() => pool({ maxQeue: 5 } as object)).toThrow(
      'workers: maxQeue is not an option; did you mean maxQueue?',
    )
  })
})
