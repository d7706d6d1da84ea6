import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import { findContenders } from '../src/bench/contenders.js'
import { measure, median } from '../src/bench/measure.js'
import { capture } from './capture.js'

const file = (path: string) => fileURLToPath(new URL(`../../../fixtures/files/${path}`, import.meta.url))

test('measures each picture with every renderer, as often as asked', async () => {
  const grey = file('photos/grey.jpg')
  const { exitCode, lines } = await capture(['bench', grey, '--rounds', '2', '--json'])
  expect(exitCode).toBe(0)
  const { results, ...rest } = JSON.parse(lines()[0] as string)
  expect(rest).toEqual({ file: grey })
  expect(results.length).toBeGreaterThanOrEqual(2)
  expect(results[0].name).toBe('Sluice')
  for (const { rounds, ms, bytes } of results) {
    expect(rounds).toHaveLength(2)
    expect(ms).toBe(median(rounds))
    expect(bytes).toBeGreaterThan(100)
  }
})

test('the table has a line a renderer, and says what one cannot do', async () => {
  const { exitCode, stdout } = await capture(['bench', file('gif/animated.gif'), '--rounds', '1'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/animated\.gif +ms +fastest +slowest +ratio +bytes out\n/)
  expect(stdout).toMatch(/\nSluice +[\d.]+ /)
  expect(stdout).toMatch(/jSquash in the sandbox.*GIF/)
})

test('a sharp that is installed and cannot be loaded says so itself', async () => {
  const home = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  try {
    mkdirSync(join(home, 'node_modules/sharp'), { recursive: true })
    writeFileSync(
      join(home, 'node_modules/sharp/index.js'),
      "throw new Error('Could not load the sharp module')",
    )
    const measured = await measure(new Uint8Array(), await findContenders(definePolicy(), home), 1)
    expect(measured.map(({ name }) => name)).toEqual(['Sluice', 'Sluice, jSquash in the sandbox', 'sharp'])
    expect(measured[2]).toMatchObject({ rounds: [], refusal: 'Could not load the sharp module' })
  } finally {
    rmSync(home, { recursive: true })
  }
})

test('a picture that is refused ends with 1, a folder without pictures with 2', async () => {
  const refused = await capture(['bench', file('bad/cut.jpg'), '--rounds', '1'])
  expect(refused.exitCode).toBe(1)
  expect(refused.stdout).toContain('The image is incomplete')
  const empty = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  try {
    expect(await capture(['bench', empty])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no pictures'),
    })
  } finally {
    rmSync(empty, { recursive: true })
  }
  expect((await capture(['bench', join(empty, 'nowhere')])).exitCode).toBe(2)
  expect((await capture(['bench', '--rounds', '0'])).exitCode).toBe(2)
})
