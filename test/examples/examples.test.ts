import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { clamdTrial } from './clamd.mjs'
import { examples, folders, pack, root, start } from './start.mjs'
import { overHttp } from './trials.mjs'

/* Two of them, over HTTP; `npm run examples` tries all, in a browser too, and its result is stored. */

const read = (path: string) => readFileSync(join(root, path), 'utf8')

beforeAll(pack, 300_000)

test('the Express example stores a photo and serves it, and refuses what is none', async () => {
  const example = await start('express')
  try {
    expect(await (await fetch(example.base)).text()).toContain('type="file"')
    await overHttp(example)
  } finally {
    example.stop()
  }
}, 120_000)

test('the clamd example stores what clamd says OK to', clamdTrial, 120_000)

test('an example is tried with the packages as they are published, or is part of the workspace', () => {
  const workspace = read('pnpm-workspace.yaml')
  const others = folders.filter(name => !examples.includes(name))
  expect(others).toEqual(['blog', 'laboratory'])
  for (const name of others) expect(workspace, name).toContain(`- examples/${name}\n`)
})

test('every example has a README of three lines that says how it starts', () => {
  expect(examples.length).toBeGreaterThanOrEqual(13)
  for (const name of folders) {
    const lines = read(`examples/${name}/README.md`).trimEnd().split('\n')
    expect(lines, name).toHaveLength(3)
    expect(lines[1], name).toMatch(/npm start`/)
    const { scripts, private: isPrivate } = JSON.parse(read(`examples/${name}/package.json`))
    expect([typeof scripts.start, isPrivate], name).toEqual(['string', true])
    expect(existsSync(join(root, 'examples', name, 'package-lock.json')), name).toBe(false)
  }
})

test('the last time that all were tried, all worked', () => {
  const [last] = readdirSync(new URL('results/', import.meta.url))
    .sort()
    .reverse()
  const { rows } = JSON.parse(read(`test/examples/results/${last}`)) as {
    rows: { name: string; works: boolean }[]
  }
  expect(rows.map(({ name }) => name)).toEqual(examples)
  expect(rows.filter(({ works }) => !works)).toEqual([])
})
