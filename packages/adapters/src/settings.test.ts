import { memoryStore } from '@sluice/stores'
import { expect, test } from 'vitest'
import { toyRenderer as renderer } from '../test/toy-renderer.js'
import type { UploadOptions } from './options.js'
import { checkOptions } from './settings.js'

const right = { store: memoryStore(), renderer, public: true }
const check = (options: object) => checkOptions(options as UploadOptions<unknown>)

test('nobody opens an endpoint by forgetting: the error says what to do', () => {
  expect(() => check({ store: memoryStore(), renderer })).toThrow(
    'upload options: authorize is missing: say who may upload, or `public: true` if everybody may',
  )
  expect(() => check({ ...right, public: false })).toThrow(/authorize is missing/)
  expect(() => check({ ...right, authorize: () => null })).toThrow(/authorize/)
  expect(() => check({ ...right, public: undefined, authorize: 'admin' })).toThrow(/authorize/)
  expect(() => check(right)).not.toThrow()
})

test.each([
  [{ filed: 'x' }, 'filed'],
  [{ store: undefined }, 'store'],
  [{ store: '' }, 'store'],
  [{ store: {} }, 'store'],
  [{ maxFiles: 0 }, 'maxFiles'],
  [{ maxFiles: 101 }, 'maxFiles'],
  [{ maxFields: -1 }, 'maxFields'],
  [{ maxFieldBytes: 2 ** 20 + 1 }, 'maxFieldBytes'],
  [{ idleMs: 0 }, 'idleMs'],
  [{ totalMs: '5' }, 'totalMs'],
  [{ maxConcurrent: 0 }, 'maxConcurrent'],
  [{ trustProxy: -1 }, 'trustProxy'],
  [{ policies: {} }, 'policies'],
  [{ policies: { a: {} }, policy: {} }, 'policies'],
  [{ policy: { maxByte: 1 } }, 'maxByte'],
  [{ policy: { extensions: ['jpg', 'heic'] } }, 'extensions asks for HEIC'],
  [{ policies: { a: {}, b: { output: { format: 'avif' } } } }, 'output.format asks for AVIF'],
  [{ csrf: { trustedOrigins: ['x'] } }, 'csrf.trustedOrigins'],
  [{ csrf: { token: { secret: 'short' } } }, 'csrf.token.secret'],
])('%j is refused at start and names %s', (wrong, option) => {
  expect(() => check({ ...right, ...wrong })).toThrow(option)
})

test.each([
  [{ maxfiles: 3 }, 'maxfiles is not an option; did you mean maxFiles?'],
  [{ authorise: () => null }, 'authorise is not an option; did you mean authorize?'],
  [{ maxFileBytes: 1 }, 'maxFileBytes is not an option; did you mean maxFieldBytes?'],
  [{ polices: {} }, 'polices is not an option; did you mean policies?'],
  [{ csrf: { trustedOrigin: [] } }, 'csrf.trustedOrigin is not an option; did you mean csrf.trustedOrigins?'],
  [
    { csrf: { token: { secrets: '' } } },
    'csrf.token.secrets is not an option; did you mean csrf.token.secret?',
  ],
  [{ quota: { perDay: 1 } }, 'quota.perDay is not an option; the options are bytes, files'],
  [{ constructor: 1 }, 'constructor is not an option; the options are store, authorize, '],
  [{ address: '::1' }, 'address is not an option; the options are store, authorize, '],
])('%j is refused at start with the nearest right name: %s', (wrong, problem) => {
  expect(() => check({ ...right, ...wrong })).toThrow(`upload options: ${problem}`)
})

test.each([
  { maxFiles: 100 },
  { maxFields: 0 },
  { maxFieldBytes: 0 },
  { idleMs: 1 },
  { trustProxy: 16 },
  { csrf: false },
])('%j is allowed', options => expect(() => check({ ...right, ...options })).not.toThrow())

test('publicBase gets its slash', () => {
  expect(check(right).publicBase).toBe('/images/')
  expect(check({ ...right, publicBase: 'https://cdn.example/i' }).publicBase).toBe('https://cdn.example/i/')
})
