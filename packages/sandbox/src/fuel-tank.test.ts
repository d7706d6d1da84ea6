import { afterEach, describe, expect, it, vi } from 'vitest'
import { mutant } from '../../codecs/test/mutant.js'
import { FuelTank } from './fuel-tank.js'
import type { Limits } from './limits.js'

type Tank = typeof FuelTank

/** Two instances of an image that may spend 1000 together. */
function twoTanks(Made: Tank) {
  let left = 1000
  const limits: Limits = {
    memoryBytes: 0,
    fuel: 800,
    left: () => left,
    onFuel: used => {
      left -= used
    },
  }
  const open = () => {
    const fuel = { value: 0n }
    const tank = new Made({ fuel }, limits)
    const call = (units: bigint) => {
      tank.ready()
      fuel.value -= units
      tank.tell()
    }
    return { tank, call }
  }
  return { one: open(), other: open(), left: () => left }
}

/** What must hold. @throws where it does not */
function check(Made: Tank): void {
  const { one, other, left } = twoTanks(Made)
  one.call(500n)
  expect([one.tank.used, one.tank.left, left()]).toEqual([500, 300, 500])
  other.call(100n)
  // It was filled with 800, of which the other one left 500.
  expect([other.tank.used, other.tank.left, left()]).toEqual([100, 400, 400])
  one.call(300n)
  expect([one.tank.left, left()]).toEqual([0, 100])
  other.call(101n)
  expect([other.tank.left, other.tank.used]).toEqual([-1, 201])
}

afterEach(() => vi.restoreAllMocks())

describe('the fuel of instances that serve one image', () => {
  it('is spent by one or by the other', () => {
    check(FuelTank)
  })

  it('is told with the milliseconds since its call began or it was last told, nested or not', () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const told: (readonly [used: number, ms: number])[] = []
    const fuel = { value: 0n }
    const limits: Limits = { memoryBytes: 0, fuel: 100, onFuel: (...spent) => told.push(spent) }
    const tank = new FuelTank({ fuel }, limits)
    const burn = (units: bigint, ms: number) => {
      fuel.value -= units
      now += ms
    }
    tank.ready()
    burn(5n, 2)
    tank.ready()
    burn(7n, 3)
    tank.tell()
    burn(1n, 4)
    tank.tell()
    now += 1000
    tank.ready()
    burn(2n, 1)
    tank.tell()
    expect(told).toEqual([
      [12, 5],
      [1, 4],
      [2, 1],
    ])
  })

  it('pays for work of the host, as long as it lasts', () => {
    const tank = new FuelTank({ fuel: { value: 0n } }, { memoryBytes: 0, fuel: 10 })
    expect([tank.burn(10), tank.burn(1)]).toEqual([true, false])
  })

  it('is in every module: one that counts none is not run', () => {
    expect(() => new FuelTank({}, { memoryBytes: 0, fuel: 10 })).toThrow('does not count fuel')
  })

  it.each([
    ['is not told', 'this.#limits.onFuel?.(used - this.#told, now - this.#since)', ''],
    ['is told again each time', 'this.#told = used', ''],
    ['is not looked at', 'if (excess <= 0) return', 'if (excess) return'],
  ])('would be seen if it %s', async (_, from, to) => {
    const { FuelTank: Other } = await mutant<{ FuelTank: Tank }>(new URL('fuel-tank.ts', import.meta.url), [
      [from, to],
    ])
    expect(() => check(Other)).toThrow()
  })
})
