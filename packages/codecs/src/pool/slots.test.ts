import { UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import { Slot } from './slot.js'
import { Slots } from './slots.js'

const patient = { signal: undefined, aborted: () => new UploadError('aborted') }

function slotsOf(size: number, memoryMb: number) {
  const create = () => expect.fail('no worker is needed')
  return new Slots(
    Array.from({ length: size }, () => new Slot(create, () => {})),
    memoryMb,
  )
}

test.each([96, 216, 0.3, 100 / 3])(
  'who wants all of %d MiB gets it, whatever fractions were taken before',
  async all => {
    const slots = slotsOf(4, all)
    for (let round = 0; round < 20; round++) {
      const parts = await Promise.all([1, 2, 3, 4].map(() => slots.take('key', all / 5, patient)))
      const large = slots.takeAgain(all, patient)
      for (const part of parts) slots.release(part)
      slots.release(await large)
    }
    await slots.idle()
  },
)

test('the queue is one also where a slot is free, and its memory is not', async () => {
  const slots = slotsOf(2, 90)
  expect(slots.mustWait).toBe(false)
  const all = await slots.takeAgain(90, patient)
  const waiting = slots.take('key', 30, patient)
  expect([slots.mustWait, slots.waiting]).toEqual([true, 1])
  slots.release(all)
  slots.release(await waiting)
  expect([slots.mustWait, slots.waiting]).toEqual([false, 0])
})
