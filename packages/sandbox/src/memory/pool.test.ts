import { describe, expect, it, vi } from 'vitest'
import { mutant } from '../../../codecs/test/mutant.js'
import * as memories from './pool.js'

type Memories = typeof memories
const SECRET = 0x5e
/** Pages: above what is kept idle. */
const LARGE = 1100

/** What one picture leaves behind for the next. */
function secondUser({ acquireMemory, releaseMemory }: Memories, pages = 20) {
  const first = acquireMemory(pages, 2345)
  const view = new Uint8Array(first.buffer)
  view.fill(SECRET)
  releaseMemory(first)
  const second = acquireMemory(10, 2345, pages)
  let left = 0
  for (const byte of new Uint8Array(second.buffer)) if (byte !== 0) left++
  const result = {
    reused: second === first,
    left,
    stale: view.length,
  }
  releaseMemory(second)
  return result
}

describe('memories', () => {
  it('are used again, cleared, and out of reach of the views of their last user', () => {
    expect(secondUser(memories)).toEqual({ reused: true, left: 0, stale: 0 })
  })

  it('are used again when they are large and the collector has not come, cleared as well', () => {
    expect(secondUser(memories, LARGE)).toEqual({ reused: true, left: 0, stale: 0 })
  })

  it('are the smallest that has what is likely to be needed, else the largest', () => {
    const { acquireMemory, releaseMemory } = memories
    const made = [100, 400, 1200].map(pages => acquireMemory(pages, 3456))
    for (const memory of made) releaseMemory(memory)
    const chosen = (likelyPages?: number) => {
      const memory = acquireMemory(10, 3456, likelyPages)
      releaseMemory(memory)
      return made.indexOf(memory)
    }
    expect([undefined, 0, 100, 101, 400, 1000, 1200, 2000].map(chosen)).toEqual([0, 0, 0, 1, 1, 2, 2, 2])
  })

  it('are made anew for who needs little, where the idle ones are large and leave room', async () => {
    vi.resetModules()
    const { acquireMemory, releaseMemory } = await import('./pool.js')
    const large = acquireMemory(400, 4567)
    releaseMemory(large)
    const small = acquireMemory(10, 4567, 20)
    expect(small).not.toBe(large)
    releaseMemory(small)
    expect(acquireMemory(10, 4567, 5)).toBe(small)
    expect(acquireMemory(10, 4567, 65)).toBe(large)
  })

  it.each([
    ['idle, as much as may be', 4567],
    ['left to the collector', 1200],
  ])('are made anew once for who needs little, where large ones are %s', async (_, ceiling) => {
    vi.resetModules()
    const { acquireMemory, releaseMemory } = await import('./pool.js')
    const large = acquireMemory(1000, ceiling)
    releaseMemory(large)
    const small = acquireMemory(10, ceiling, 5)
    expect(small).not.toBe(large)
    releaseMemory(small)
    for (let times = 0; times < 3; times++) {
      const next = acquireMemory(10, ceiling, 5)
      expect(next).toBe(small)
      releaseMemory(next)
    }
    // Until the collector comes.
    expect(acquireMemory(10, ceiling, 900)).toBe(large)
  })

  it('are not made anew again and again where what was thought to stay small has grown', async () => {
    vi.resetModules()
    const { acquireMemory, releaseMemory } = await import('./pool.js')
    const first = acquireMemory(400, 5678)
    releaseMemory(first)
    const grown = acquireMemory(10, 5678, 5)
    expect(grown).not.toBe(first)
    grown.grow(2000)
    releaseMemory(grown)
    for (let times = 0; times < 3; times++) {
      const next = acquireMemory(10, 5678, 5)
      expect([first, grown]).toContain(next)
      releaseMemory(next)
    }
  })

  it('would not be cleared in a mutant, and the test above would see it', async () => {
    const faulty = await mutant<Memories>(new URL('./pool.ts', import.meta.url), [
      ['  new Uint8Array(memory.buffer).fill(0)\n', ''],
    ])
    expect(secondUser(faulty).left).toBe(20 * memories.PAGE)
    expect(secondUser(faulty, LARGE).left).toBe(LARGE * memories.PAGE)
  })

  it('would be reached by old views in a mutant, and the test above would see it', async () => {
    const faulty = await mutant<Memories>(new URL('./pool.ts', import.meta.url), [['  memory.grow(0)\n', '']])
    expect(secondUser(faulty).stale).toBe(20 * memories.PAGE)
  })

  it('have the ceiling they were asked for, whatever served before', () => {
    const { acquireMemory, releaseMemory } = memories
    releaseMemory(acquireMemory(10, 1000))
    const small = acquireMemory(10, 11)
    expect(() => small.grow(2)).toThrow(RangeError)
    releaseMemory(small)
  })

  it('leave the idle ones to the collector where an image needs what they take', () => {
    const { acquireMemory, releaseMemory, bytesHeld } = memories
    for (const memory of [200, 300].map(pages => acquireMemory(pages, 1111))) releaseMemory(memory)
    const held = (likelyPages: number) => {
      const memory = acquireMemory(10, 1111, likelyPages)
      const bytes = bytesHeld()
      releaseMemory(memory)
      return bytes / memories.PAGE
    }
    expect([900, 911, 912].map(held)).toEqual([500, 500, 300])
  })

  it('are counted while they are held, and not kept when they are large', () => {
    const { acquireMemory, releaseMemory, bytesHeld } = memories
    const before = bytesHeld()
    const large = acquireMemory(2000, 2000)
    expect(bytesHeld()).toBe(2000 * memories.PAGE)
    releaseMemory(large)
    releaseMemory(large)
    expect(bytesHeld()).toBe(0)
    expect(before).toBeLessThanOrEqual(64 * 2 ** 20)
  })
})
