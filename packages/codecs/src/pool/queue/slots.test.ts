import { UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import { Slot } from '../slot.js'
import { Slots } from './slots.js'

const patient = { signal: undefined, aborted: () => new UploadError('aborted') }

function slotsOf(size: number, memoryMb: number) {
  const create = () => expect.fail('no worker is needed')
  return new Slots(
    Array.from({ length: size }, () => new Slot(create, () => {})),
    memoryMb,
  )
}

test('who wants all of the memory gets it, whatever fractions were taken before', async () => {
  const all = 97
  const [one, other] = [all / 5, 19.7]
  // Taken and given back in this order, they leave less than there was.
  expect(all - one - other + one + other).toBeLessThan(all)
  const slots = slotsOf(4, all)
  const parts = [await slots.take('key', one, patient), await slots.take('key', other, patient)]
  const large = slots.takeAgain(all, patient)
  for (const part of parts) slots.release(part)
  slots.release(await large)
  await slots.idle()
})

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
