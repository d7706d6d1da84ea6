import { UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import { Slot } from '../slot.js'
import { Slots, type Taken } from './slots.js'

const patient = { signal: undefined, aborted: () => new UploadError('aborted') }

const still = (memoryMb: number) => ({ memoryMb, isClip: false })
const clip = (memoryMb: number) => ({ memoryMb, isClip: true })

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
  const parts = [await slots.take('key', still(one), patient), await slots.take('key', still(other), patient)]
  const large = slots.takeAgain(still(all), patient)
  for (const part of parts) slots.release(part)
  slots.release(await large)
  await slots.idle()
})

test('the queue is one also where a slot is free, and its memory is not', async () => {
  const slots = slotsOf(2, 90)
  expect(slots.mustWait).toBe(false)
  const all = await slots.takeAgain(still(90), patient)
  const waiting = slots.take('key', still(30), patient)
  expect([slots.mustWait, slots.waiting]).toEqual([true, 1])
  slots.release(all)
  slots.release(await waiting)
  expect([slots.mustWait, slots.waiting]).toEqual([false, 0])
})

test('who is content with less begins with what is left, to the last byte', async () => {
  const slots = slotsOf(3, 90)
  const first = await slots.takeAgain(still(70), patient)
  const wanted = { memoryMb: 30, leastMb: 20, isClip: false }
  const second = await slots.take('a', wanted, patient)
  expect(second.memoryMb).toBe(20)
  const third = slots.take('b', wanted, patient)
  expect(slots.waiting).toBe(1)
  slots.release(first)
  expect((await third).memoryMb).toBe(30)
})

/** Of workers that are all busy with clips or stills: who is begun, in the order in which one after the other is done. */
async function orderOf(size: number, ...names: readonly string[]): Promise<string[]> {
  const slots = slotsOf(size, 100)
  const drawn: { readonly name: string; readonly taken: Taken }[] = []
  const begun: string[] = []
  for (const name of names)
    void slots.take(name, name.startsWith('clip') ? clip(1) : still(1), patient).then(taken => {
      begun.push(name)
      drawn.push({ name, taken })
    })
  for (let turn = 0; turn < names.length; turn++) {
    await Promise.resolve()
    // Clips take longer than all stills.
    const shortest = drawn.findIndex(({ name }) => name.startsWith('still'))
    const [done] = drawn.splice(Math.max(0, shortest), 1)
    if (done) slots.release(done.taken)
  }
  await slots.idle()
  return begun
}

test('clips leave a worker to stills as long as any wait, and have it afterwards', async () => {
  expect(await orderOf(2, 'clip a', 'still a', 'clip b', 'still b', 'still c', 'clip c')).toEqual([
    'clip a',
    'still a',
    'still b',
    'still c',
    'clip b',
    'clip c',
  ])
})

test('where nobody else waits, clips are drawn by all workers', async () => {
  const slots = slotsOf(2, 100)
  await slots.take('a', clip(1), patient)
  await slots.take('b', clip(1), patient)
  expect(slots.drawn).toBe(2)
})

test('a single worker serves clips in their turn', async () => {
  expect(await orderOf(1, 'still a', 'clip a', 'still b')).toEqual(['still a', 'clip a', 'still b'])
})
