import { readFileSync } from 'node:fs'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { largePhoto } from '../adapters/large-photo.js'
import { ask, hangUp, makeApng, type Served, serve } from './load.js'

/** 12 megapixels. */
let photo: Uint8Array
/** 300 frames, some seconds of work. */
let animation: Uint8Array
const small = readFileSync(new URL('../../fixtures/files/photos/valley.jpg', import.meta.url))

beforeAll(async () => {
  photo = await largePhoto(4000, 3000, 85)
  animation = makeApng(360, 270, 300)
  // Seconds where the machine is busy with other things.
}, 60_000)

let server: Served | undefined
afterEach(() => server?.child.kill('SIGKILL'))

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

async function delays({ port }: Served) {
  return JSON.parse((await ask(port, '/delay', 1)).text) as { p99: number; max: number; peakMb: number }
}

test('with nothing set, others are answered while 16 clients send photos of 12 megapixels', async () => {
  server = await serve()
  const { port } = server
  // The workers are started, and what is compiled once is.
  await Promise.all(numbers(4).map(n => ask(port, '/images', 100 + n, photo)))
  await delays(server)

  let sending = true
  let answered = 0
  const started = performance.now()
  const health = (async () => {
    while (sending) if ((await ask(port, '/health', 1)).status === 200) answered++
  })()
  const uploads = await Promise.all(numbers(16).map(n => ask(port, '/images', 10 + n, photo)))
  sending = false
  await health
  const seconds = (performance.now() - started) / 1000
  const { p99, max } = await delays(server)
  console.log(
    `16 photos in ${seconds.toFixed(1)} s, ${answered} others answered; ` +
      `event loop p99 ${p99.toFixed(1)} ms, at most ${max.toFixed(1)} ms`,
  )
  expect(uploads.map(({ status }) => status)).toEqual(Array(16).fill(201))
  // Where the photos are drawn on the thread that answers, each answer waits for at least one of them.
  expect(answered).toBeGreaterThan(4 * uploads.length)
})

test.each([1, 2])(
  'no honest upload is refused while %d clients send an animated PNG again and again',
  async loops => {
    // Less than what one animation takes.
    server = await serve({ idleMs: 2000 })
    const { port } = server
    let honest = true
    let sent = 0
    const looping = numbers(loops).map(async n => {
      while (honest) {
        const { status } = await ask(port, '/images', 100 + n, animation)
        // Drawn, or too much on a machine this busy; and whoever comes again while others wait may be told to wait.
        expect([201, 422, 503]).toContain(status)
        sent++
      }
    })
    // Each of them is drawn at least in part before the others come.
    await Promise.all(numbers(loops).map(n => ask(port, '/images', 120 + n, small)))
    const started = performance.now()
    const statuses = await Promise.all(
      numbers(12).map(async n => (await ask(port, '/images', 10 + n, photo)).status),
    )
    const seconds = (performance.now() - started) / 1000
    honest = false
    await Promise.all(looping)
    console.log(`12 honest uploads in ${seconds.toFixed(1)} s beside ${sent} animations of ${loops} clients`)
    expect(statuses).toEqual(Array(12).fill(201))
  },
)

test('nor are visitors who come one after the other, for as long as two clients send it', async () => {
  server = await serve()
  const { port } = server
  let honest = true
  const looping = numbers(2).map(async n => {
    while (honest) expect([201, 422, 503]).toContain((await ask(port, '/images', 100 + n, animation)).status)
  })
  // Somebody waits at every moment: whoever comes is in the place of one who was served.
  const visitors = numbers(4).map(async n => {
    const statuses: number[] = []
    for (const turn of numbers(5))
      statuses.push((await ask(port, '/images', 10 + 4 * turn + n, small)).status)
    return statuses
  })
  const statuses = (await Promise.all(visitors)).flat()
  honest = false
  await Promise.all(looping)
  expect(statuses).toEqual(Array(20).fill(201))
})

test('clients that hang up cost no worker, and the uploads of others go on', async () => {
  server = await serve()
  const { port } = server
  // The first image takes long on a busy machine, and a burst lets in what is drawn in 1.5 seconds.
  for (const n of numbers(16)) await ask(port, '/images', n, small)
  const leaving = numbers(12).map(n => hangUp(port, 100 + n, photo))
  const statuses = await Promise.all(
    numbers(6).map(async n => (await ask(port, '/images', 10 + n, small)).status),
  )
  await Promise.all(leaving)
  expect(statuses).toEqual(Array(6).fill(201))
  expect(server.said()).toBe('')
})

test('one upload is not kept waiting by the eight of somebody else', async () => {
  server = await serve({ maxConcurrent: 100, pool: { size: 1, maxQueue: 50 } })
  const { port } = server
  let done = 0
  const many = numbers(8).map(async () => {
    await ask(port, '/images', 100, photo)
    done++
  })
  await server.came(8)
  const before = done
  expect((await ask(port, '/images', 10, small)).status).toBe(201)
  // One that was begun already, and one that was next before the other came.
  expect(done - before).toBeLessThanOrEqual(3)
  await Promise.all(many)
})

test('who comes when the queue is full is told to come back before they send anything', async () => {
  server = await serve({ maxConcurrent: 100, pool: { size: 1, maxQueue: 1 } })
  const { port } = server
  const taken = [ask(port, '/images', 100, animation), ask(port, '/images', 101, animation)]
  await server.came(2)
  const refused = await ask(port, '/images', 10, 'announced')
  expect(refused).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^[1-9]\d?$/) })
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'busy' })
  server.child.kill('SIGKILL')
  await Promise.allSettled(taken)
})
