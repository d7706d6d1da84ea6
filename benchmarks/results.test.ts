import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { headlineRows } from './report/headline.mjs'

const read = async (name: string) =>
  JSON.parse(await readFile(new URL(`results/${name}.json`, import.meta.url), 'utf8'))

test('the two stored runs settled on every headline ratio, and agree on it within the margin of the passes', async () => {
  const [before, after] = [await read('full-before'), await read('full')]
  expect(Date.parse(after.date) - Date.parse(before.date)).toBeGreaterThan(10 * 60_000)
  expect(after.machine).toEqual(before.machine)
  expect(after.plan).toEqual(before.plan)
  const [first, second] = [before, after].map(headlineRows)
  expect(second.length).toBeGreaterThanOrEqual(13)
  expect(second.map(({ measure, row }) => `${measure} ${row.input}`)).toEqual(
    first.map(({ measure, row }) => `${measure} ${row.input}`),
  )
  for (const [index, { measure, row }] of second.entries()) {
    const name = `${measure} ${row.input}`
    const then = first[index]?.row
    expect([then.unsettled, row.unsettled], name).toEqual([undefined, undefined])
    const [a = Number.NaN, b = Number.NaN] = [then.ratio?.median, row.ratio?.median]
    expect(Math.max(a, b) / Math.min(a, b), name).toBeLessThanOrEqual(1 + after.plan.margin)
  }
})

test('JPEG and PNG out are within 3 % of what sharp writes, and PNG is exact', async () => {
  const { jpeg, png } = await read('outputs')
  expect(jpeg.rows.length).toBeGreaterThanOrEqual(6)
  expect(Math.abs(jpeg.median)).toBeLessThanOrEqual(3)
  for (const { name, percentAtEqualSsim } of jpeg.rows)
    expect(percentAtEqualSsim, name).toBeLessThanOrEqual(3)
  expect(png.rows.length).toBeGreaterThanOrEqual(15)
  for (const { name, ratio, exact } of png.rows) {
    expect(ratio, name).toBeLessThanOrEqual(1.03)
    expect(exact, name).not.toBe(false)
  }
  expect(png.compared).toBeGreaterThanOrEqual(8)
})

test('the stored run of uploads has ten files of each kind, those that others handle well included', async () => {
  const { rows } = await read('uploads')
  for (const kind of ['hostile', 'awkward']) {
    const all = rows.filter((row: { kind: string }) => row.kind === kind)
    expect(all).toHaveLength(10)
    expect(all.filter((row: { multer: { right: boolean } }) => row.multer.right).length).toBeGreaterThan(4)
    expect(all.filter((row: { sluice: { status: number } }) => row.sluice.status >= 500)).toEqual([])
  }
})

test('the stored run of audits looked at every file, found nothing, and kept its memory', async () => {
  const { rows } = await read('audit')
  expect(rows.map(({ files }: { files: number }) => files)).toEqual([100_000, 1_000_000])
  for (const { files, looked, findings, peakMiB, killedAfterSeconds } of rows) {
    expect([looked, findings]).toEqual([files, 0])
    expect(peakMiB).toBeLessThanOrEqual(150)
    expect(killedAfterSeconds).toBeGreaterThan(0)
  }
})

test('the lossless encoder writes no more than cwebp at its best, in less than half of the time', async () => {
  const { pictures, summary, rows } = await read('lossless')
  expect(pictures).toBeGreaterThanOrEqual(240)
  const [most, , least] = summary
  expect([most.effort, least.effort]).toEqual([6, 2])
  expect(most.meanRatio).toBeLessThanOrEqual(1.02)
  expect(most.meanTime).toBeLessThanOrEqual(0.5)
  expect(least.meanTime).toBeLessThanOrEqual(0.2)
  // Known to be larger than that: two pictures of 52 and 56 bytes, by four each.
  expect(most.above105).toBeLessThanOrEqual(2)
  const large = rows.filter(({ reference }: { reference: number }) => reference > 100)
  expect(large.length).toBeGreaterThan(50)
  for (const { name, ratios } of large) expect(ratios[0], name).toBeLessThanOrEqual(1.05)
})
