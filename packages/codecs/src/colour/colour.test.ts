import { deflateSync } from 'node:zlib'
import { type Header, note } from '@sluice/core'
import { concatBytes } from '@sluice/core/bytes'
import { expect, test } from 'vitest'
import { ImageBudget } from '../budget.js'
import type { Source } from '../codec.js'
import { BrokenProfile } from './broken-profile.js'
import { codePointConversion } from './code-points.js'
import { embeddedProfile, maxProfileBytes } from './embedded-profile.js'
import { iccColour } from './icc-colour.js'
import { readSimpleProfile } from './icc-profile.js'
import { inflateByRuntime } from './inflate-by-runtime.js'
import { inflateProfile } from './inflate-profile.js'
import { inkToRgb } from './ink.js'
import { isSrgb } from './is-srgb.js'
import { displayP3, matrixProfile, sRgb } from './profiles.fixture.js'

const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 128 })
const picture = (...rgba: number[]) => ({ width: rgba.length / 4, height: 1, pixels: Uint8Array.from(rgba) })

/** A file in which the pieces of a profile lie one behind the other, and something before them. */
function source(format: Source['format'], ...pieces: readonly Uint8Array[]): Source {
  let offset = 5
  const icc = pieces.map(({ length }) => {
    offset += length
    return { offset: offset - length, length }
  })
  const header = { icc, totalPixels: 1 } as unknown as Header
  return { format, bytes: concatBytes([new Uint8Array(5), ...pieces]), header }
}
const withHeader = (header: Pick<Header, 'icc' | 'codePoints'>): Source => ({
  format: 'jpeg',
  bytes: displayP3,
  header: { ...header, totalPixels: 1 } as Header,
})
function simple(profile: Uint8Array) {
  const read = readSimpleProfile(profile)
  if (!read) throw new Error('the profile is none of a matrix and curves')
  return read
}
async function convert(from: Source, rgba: readonly number[], model: 'rgba' | 'cmyk' = 'rgba') {
  const conversion = await iccColour.prepare(from, model, budget)
  const { pixels } = conversion.convert(picture(...rgba))
  conversion.close()
  return { rgba: [...pixels], note: conversion.note }
}

// Display P3's red, green and a middle colour in sRGB, by the matrices of CSS Color 4.
const p3 = [255, 0, 0, 255, 0, 255, 0, 255, 229, 52, 42, 100]
const near = (rgba: readonly number[], wanted: readonly number[]) =>
  Math.max(...rgba.map((value, at) => Math.abs(value - (wanted[at] ?? 0))))

test.each([
  ['webp', [displayP3]],
  ['jpeg', [displayP3.slice(0, 99), displayP3.slice(99, 300), displayP3.slice(300)]],
  ['png', [new Uint8Array(deflateSync(displayP3))]],
] as const)('Display P3 in %s becomes sRGB, alpha stays', async (format, pieces) => {
  const { rgba, note: noted } = await convert(source(format, ...pieces), p3)
  expect(noted).toBeUndefined()
  expect(near(rgba, [255, 0, 0, 255, 0, 255, 0, 255, 250, 10, 23, 100])).toBeLessThanOrEqual(3)
})

test('a profile that is sRGB by its content changes nothing', async () => {
  expect(isSrgb(simple(sRgb))).toBe(true)
  expect(isSrgb(simple(displayP3))).toBe(false)
  expect((await convert(source('webp', sRgb), p3)).rgba).toEqual(p3)
})

test('the primaries of sRGB with another curve are not sRGB', () => {
  expect(isSrgb(simple(matrixProfile('srgb', 2.2)))).toBe(false)
  expect(isSrgb(simple(matrixProfile('srgb', 1.8)))).toBe(false)
})

test.each([
  ['garbage', new Uint8Array(500).fill(77)],
  ['none', new Uint8Array(0)],
  ['one that is cut off', displayP3.slice(0, 200)],
  ['one for other pixels', Uint8Array.from(displayP3, (byte, at) => 'CMYK'.charCodeAt(at - 16) || byte)],
])('a broken profile (%s) is ignored with a note', async (_what, profile) => {
  expect(await convert(source('webp', profile), p3)).toEqual({
    rgba: p3,
    note: note('profile-broken'),
  })
})

test('a profile of which the header reader found a part missing is broken', async () => {
  expect(await convert(withHeader({ icc: 'broken' }), p3)).toEqual({
    rgba: p3,
    note: note('profile-broken'),
  })
})

test('a profile of 4 MiB is read, a larger one is not', async () => {
  const half = new Uint8Array(maxProfileBytes / 2)
  const read = await embeddedProfile(source('jpeg', half, half), inflateProfile, budget)
  expect(read && 'icc' in read && read.icc.length).toBe(maxProfileBytes)
  const larger = [
    source('jpeg', half, half, Uint8Array.of(0)),
    source('webp', new Uint8Array(2 * half.length + 1)),
  ]
  for (const each of larger)
    await expect(embeddedProfile(each, inflateProfile, budget)).rejects.toThrow(BrokenProfile)
})

test('code points are heeded, and a file without anything is left as it is', async () => {
  const bt2020 = { primaries: 9, transfer: 13 }
  expect(await embeddedProfile(withHeader({ icc: [], codePoints: bt2020 }), inflateProfile, budget)).toEqual({
    cicp: bt2020,
  })
  expect(
    (await convert(withHeader({ icc: [], codePoints: { primaries: 1, transfer: 13 } }), p3)).rgba,
  ).toEqual(p3)
  expect((await convert(withHeader({ icc: [] }), p3)).rgba).toEqual(p3)
})

test.each([
  ['the kernel', inflateProfile],
  ['the runtime, where that has no SIMD,', inflateByRuntime],
])('a profile that %s inflates beyond the limit is not read, nor a damaged one', async (_, inflate) => {
  const bomb = deflateSync(new Uint8Array(5 * 2 ** 20))
  await expect(inflate(bomb, 4 * 2 ** 20, budget)).rejects.toThrow(BrokenProfile)
  expect((await inflate(bomb, 5 * 2 ** 20, budget)).length).toBe(5 * 2 ** 20)
  await expect(inflate(bomb.subarray(0, 100), 2 ** 20, budget)).rejects.toThrow(BrokenProfile)
  await expect(inflate(new Uint8Array(9), 2 ** 20, budget)).rejects.toThrow(BrokenProfile)
})

test('inflating a profile is work on the image, which has an end', async () => {
  // Stored blocks of no bytes.
  const blocks = Uint8Array.from({ length: 2 + 5 * 10 ** 6 }, (_, at) =>
    at < 2 ? ([0x78, 1][at] ?? 0) : (at - 2) % 5 > 2 ? 0xff : 0,
  )
  const little = new ImageBudget({ timeMs: 1, headroom: 3, memoryMb: 128 })
  await expect(inflateProfile(blocks, maxProfileBytes, little)).rejects.toThrow(
    expect.objectContaining({ kind: 'out-of-fuel' }),
  )
  const enough = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 128 })
  await expect(inflateProfile(blocks, maxProfileBytes, enough)).rejects.toThrow(BrokenProfile)
  expect(enough.costs).toEqual([expect.objectContaining({ step: 'colour' })])
  expect(enough.memory.held).toBe(0)
})

test('code points: BT.2020 and P3 by a matrix, sRGB as it is, high dynamic range not at all', () => {
  const red = Uint8Array.from(p3)
  codePointConversion({ primaries: 12, transfer: 13 })?.(red)
  expect(near([...red], [255, 0, 0, 255, 0, 255, 0, 255, 250, 10, 23, 100])).toBeLessThanOrEqual(3)
  const same = Uint8Array.from(p3)
  codePointConversion({ primaries: 1, transfer: 13 })?.(same)
  expect([...same]).toEqual(p3)
  expect(codePointConversion({ primaries: 9, transfer: 16 })).toBeUndefined()
  expect(codePointConversion({ primaries: 9, transfer: 18 })).toBeUndefined()
})

test('white stays white by every matrix', () => {
  for (const primaries of [1, 9, 12]) {
    const white = Uint8Array.of(255, 255, 255, 255, 128, 128, 128, 255)
    codePointConversion({ primaries, transfer: 13 })?.(white)
    expect(near([...white], [255, 255, 255, 255, 128, 128, 128, 255])).toBeLessThanOrEqual(1)
  }
})

test('ink without a profile', () => {
  const pixels = Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 128, 0, 0, 128)
  inkToRgb(pixels)
  expect([...pixels]).toEqual([255, 255, 255, 255, 0, 255, 255, 255, 0, 0, 0, 255, 63, 127, 127, 255])
})
