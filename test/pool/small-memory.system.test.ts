import { once } from 'node:events'
import { type Cgroup, cgroupOf } from '@sluice/testkit/cgroup'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFlatScreens } from '../../fixtures/make/hostile/gif.mjs'
import { largePhoto } from '../adapters/large-photo.js'
import { ask, type Served, serve } from './load.js'

let group: Cgroup
let server: Served
beforeAll(async () => {
  group = cgroupOf({ bytes: 256 * 2 ** 20 })
  server = await serve({ policy: { memoryMb: 512 } }, group.under)
})
afterAll(async () => {
  const ended = once(server.child, 'exit')
  server.child.kill('SIGKILL')
  await ended
  group.remove()
})

const four = [1, 2, 3, 4]

test('in 256 MiB four clients send photos of 12 megapixels, and the server lives', async () => {
  const photo = await largePhoto(4000, 3000, 85)
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(four.map(n => ask(server.port, '/images', 10 + n, photo)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  }
})

test('a picture that the policy allows and this memory does not is the fault of the server, which lives', async () => {
  // 36 megapixels in a few bytes, and another frame over them: the decoder holds four bytes for each.
  const huge = makeFlatScreens(6000, 2)
  const answers = await Promise.all(four.map(n => ask(server.port, '/images', 10 + n, huge)))
  for (const { status, text } of answers)
    expect([status, JSON.parse(text).code]).toEqual([503, 'renderer-unavailable'])
  const { peakMb } = JSON.parse((await ask(server.port, '/delay', 1)).text)
  console.log(`at most ${peakMb} MiB of 256`)
  expect(peakMb).toBeLessThan(256)
})
