import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import manifest from '../fixtures/manifest.json' with { type: 'json' }
import { root } from './package/pack.js'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('what the README links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(path => !path.startsWith('https://') && !existsSync(join(root, path)))).toEqual([])
})

test('the checklist names every limit of the policy', () => {
  const checklist = readFileSync(join(root, 'docs/checklist.md'), 'utf8')
  const limits = Object.keys(definePolicy()).filter(name => name.startsWith('max') && name !== 'maxNameBytes')
  expect(limits.length).toBeGreaterThanOrEqual(6)
  expect(limits.filter(name => !checklist.includes(`\`${name}\``))).toEqual([])
})

test('each package has a README that imports only what the packages export', () => {
  const packages = readdirSync(join(root, 'packages'))
  expect(packages.length).toBeGreaterThan(5)
  const imports = packages.flatMap(name => {
    const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
    return [...text.matchAll(/from '(@sluice\/[^']+)'/g)].map(([, path = '']) => path)
  })
  expect(imports.length).toBeGreaterThan(10)
  for (const path of new Set(imports)) {
    const [scope, name, ...rest] = path.split('/')
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name as string, 'package.json'), 'utf8'))
    expect(manifest.name).toBe(`${scope}/${name}`)
    expect(Object.keys(manifest.exports)).toContain(rest.length > 0 ? `./${rest.join('/')}` : '.')
  }
})

const words = (line: string): string => line.trim().split(/ +/).join(' ')
const firstRun = readFileSync(join(root, 'docs/first-run.txt'), 'utf8').split('\n').filter(Boolean)

test('its lines of a first run are some of those that were printed', () => {
  const printed = firstRun.map(words)
  const [, block = ''] = /```\n(file +input [^`]*)```/.exec(readme) ?? []
  const lines = block.split('\n').filter(Boolean).map(words)
  expect(lines.length).toBeGreaterThan(10)
  expect(lines.filter(line => !printed.includes(line))).toEqual([])
})

test('a first run still prints what docs/first-run.txt says, but for times and generated names', async () => {
  const cwd = join(root, 'fixtures/files')
  const files = manifest.map(({ file }) => file)
  const out = mkdtempSync(join(tmpdir(), 'sluice-first-run-'))
  const cli = join(root, 'packages/cli/dist/main.js')
  const child = spawn(process.execPath, [cli, 'sanitize', '--out', out, ...files], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = await text(child.stdout)
  rmSync(out, { recursive: true })
  const lasting = (line: string): string =>
    words(line.replace(/ \d+ +(?=\d{6}\/|[a-z-]+: )/, '').replace(/\d{6}\/[0-9a-f]{32}/, ''))
  expect(firstRun.length).toBeGreaterThan(files.length)
  expect(printed.split('\n').filter(Boolean).map(lasting)).toEqual(firstRun.map(lasting))
})
