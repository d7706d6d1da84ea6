import { expect, test } from 'vitest'
import { readerOf } from '../../test/receiving.js'
import { drain } from './drain.js'

test('draining ends with a body that breaks off', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: source => source.error('gone') })
  expect(await drain(broken.getReader())).toBe(true)
})

test('draining takes a little and stops', async () => {
  expect(await drain(readerOf(new Uint8Array(500), 10), { bytes: 1000, ms: 1000 })).toBe(true)
  expect(await drain(readerOf(new Uint8Array(2000), 10), { bytes: 1000, ms: 1000 })).toBe(false)
  expect(await drain(new ReadableStream<Uint8Array>().getReader(), { bytes: 1000, ms: 20 })).toBe(false)
})
