import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import { root } from './package/pack.js'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('what the README links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(path => !path.startsWith('https://') && !existsSync(join(root, path)))).toEqual([])
})

test('the checklist names every limit of the policy', () => {
  const limits = Object.keys(definePolicy()).filter(name => name.startsWith('max') && name !== 'maxNameBytes')
  expect(limits.length).toBeGreaterThanOrEqual(6)
  expect(limits.filter(name => !readme.includes(`\`${name}\``))).toEqual([])
})
