import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { definePolicy, type Policy } from './policy.js'
import { PolicyError } from './policy-error.js'
import { rolePolicies } from './roles.js'

test('an author has the defaults, an administrator more, a visitor less', () => {
  const { admin, author, visitor } = rolePolicies()
  expect(author).toEqual(definePolicy())
  for (const name of ['maxFileBytes', 'maxPixels', 'maxFrames', 'maxTotalPixels', 'timeMs'] as const) {
    expect([name, admin[name] > author[name]]).toEqual([name, true])
    expect([name, visitor[name] < author[name]]).toEqual([name, true])
  }
  expect([admin.animated, visitor.animated]).toEqual(['keep', 'first-frame'])
})

test('the documented numbers are those of the policies', () => {
  const text = readFileSync(new URL('roles.ts', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|/g)]
  expect(rows).toHaveLength(6)
  const policies = Object.values(rolePolicies())
  for (const [, name = '', ...cells] of rows)
    expect([name, ...cells]).toEqual([
      name,
      ...policies.map(policy => {
        const value = policy[name as keyof Policy]
        if (name === 'maxFileBytes') return `${Number(value) / 2 ** 20} MiB`
        return typeof value === 'number' ? value.toLocaleString('en-US') : value
      }),
    ])
})

test('shared settings go to all, and nothing can be changed afterwards', () => {
  const policies = rolePolicies({ variants: { thumb: { maxWidth: 160 } }, nameless: 'accept' })
  for (const policy of Object.values(policies)) {
    expect(policy).toMatchObject({ variants: { thumb: { maxWidth: 160 } }, nameless: 'accept' })
    expect(Object.isFrozen(policy)).toBe(true)
  }
  expect(Object.isFrozen(policies)).toBe(true)
  expect(new Set(Object.values(policies).map(({ version }) => version)).size).toBe(3)
})

test('what makes the roles is not shared', () => {
  expect(() => rolePolicies({ maxFileBytes: 1 } as object)).toThrow(PolicyError)
  expect(() => rolePolicies({ maxFileBytes: 1 } as object)).toThrow('policy: maxFileBytes differs by role')
  expect(() => rolePolicies({ maxWidth: 1 } as object)).toThrow('maxWidth is not a setting')
})
