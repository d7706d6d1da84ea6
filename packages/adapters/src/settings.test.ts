import { memoryStore } from '@sluice/stores'
import { expect, test } from 'vitest'
import { toyRenderer as renderer } from '../test/toy-renderer.js'
import type { UploadOptions } from './options.js'
import { checkOptions } from './settings.js'

const right = { store: memoryStore(), renderer, public: true, onEvent: false }
const limiter = { consume: async () => ({}) }
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
  [{ addressLimits: { requests: {} } }, 'addressLimits.requests'],
  [{ addressLimits: { request: {} } }, 'addressLimits.request is not an option'],
  [{ onEvent: true }, 'onEvent'],
  [{ maxInFlightBytes: 2 ** 20 }, 'maxInFlightBytes'],
  [{ minBytesPerSecond: -1 }, 'minBytesPerSecond'],
  [{ csrf: { requireOrigin: 'yes' } }, 'csrf.requireOrigin'],
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
  [{ maxFileBytes: 1 }, 'maxFileBytes is a setting of the policy: policy: { maxFileBytes: ... }'],
  [{ maxBytes: 1 }, 'maxBytes is a setting of the policy: policy: { maxBytes: ... }'],
  [{ quota: { byte: limiter } }, 'quota.byte is not an option; did you mean quota.bytes?'],
  [{ fields: { a: { maxFile: 1 } } }, 'fields.a.maxFile is not an option; did you mean fields.a.maxFiles?'],
  [{ addressLimits: { request: limiter } }, 'addressLimits.request is not an option; did you mean'],
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

/** What started in silence, and failed at the first upload or never: the message says what to do. */
test.each([
  [{ beforeStore: {} }, 'beforeStore must be a function'],
  [{ onStored: 'log' }, 'onStored must be a function'],
  [
    { rateLimit: { points: 10, duration: 60 } },
    'rateLimit must be a limiter with consume(key, points), such as new',
  ],
  [{ quota: { files: 10 } }, 'quota.files must be a limiter with consume'],
  [{ quota: limiter }, 'quota.consume is not an option; the options are bytes, files'],
  [{ quota: 5 }, 'quota must be an object'],
  [{ addressLimits: { bytes: 5 } }, 'addressLimits.bytes must be a limiter with consume'],
  [{ renderer: () => renderer }, 'renderer must be a renderer, not the function that makes one: call it'],
  [{ renderer: 'sharp' }, 'renderer must be a renderer, such as workerPool()'],
  [{ onEvent: true }, 'onEvent must be a function, a logger with info and warn, or false'],
  [{ policies: { author: {} } }, 'policies has no visitor, the role of everybody when `public` is true'],
  [{ policies: [] }, 'policies must be an object of policies keyed by role'],
  [
    { trustProxy: 'loopback' },
    'trustProxy must be the number of proxies in front, 0 to 16, or the name of a header',
  ],
  [{ trustProxy: '10.0.0.1' }, 'trustProxy must be the number of proxies'],
  [{ trustProxy: true }, 'trustProxy must be the number of proxies'],
  [{ trustProxy: 17 }, 'not 17'],
  [{ csrf: { trustedOrigins: 'https://app.example' } }, 'csrf.trustedOrigins must be a list of origins'],
  [{ csrf: true }, 'csrf must be an object'],
  [{ csrf: { token: 'secret' } }, 'csrf.token must be an object'],
  [{ messages: { de: {} } }, "messages.de must be a catalogue: { language: 'de', codes: { ... } }"],
  [{ redirect: '/done\r\nSet-Cookie: a' }, 'redirect must be a percent-encoded path or URL'],
  [{ redirect: true }, 'redirect must be a percent-encoded path or URL'],
  [{ publicBase: 5 }, 'publicBase must be a path'],
  [{ methods: ['GET'] }, 'methods must be a list of POST, PUT, PATCH'],
  [{ methods: 'PUT' }, 'methods must be a list of POST, PUT, PATCH'],
  [{ methods: [] }, 'methods must be a list of POST, PUT, PATCH'],
  [{ otherFiles: 'keep' }, 'otherFiles must be one of refuse, ignore, pass'],
  [{ required: 'no' }, 'required must be true or false'],
  [
    { store: { commit: async () => {} } },
    'store must be a folder, a Store or a function that returns one: it has no get()',
  ],
  [{ field: '' }, 'field must be the name of a form field'],
  [{ fields: {} }, 'fields must be 1 to 20 fields'],
  [
    { fields: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [index, {}])) },
    'fields must be 1 to 20',
  ],
  [{ fields: ['avatar'] }, 'fields must be an object of field names'],
  [{ fields: { a: 3 } }, 'fields.a must be an object'],
  [{ fields: { a: { maxFiles: 0 } } }, 'fields.a.maxFiles must be a whole number from 1 to 100'],
  [
    { fields: { a: { maxFiles: 60 }, b: { maxFiles: 41 } } },
    'fields may hold at most 100 files together, not 101',
  ],
  [{ fields: { a: { required: 1 } } }, 'fields.a.required must be true or false'],
  [{ fields: { a: { crop: true } } }, 'fields.a.crop must be the name of a text field'],
  [{ crop: '' }, 'crop must be the name of a text field'],
  [{ fields: { a: {} }, maxFiles: 2 }, 'maxFiles cannot be combined with fields: set it per field'],
  [{ fields: { a: {} }, field: 'b' }, 'field cannot be combined with fields'],
  [
    { fields: { a: { policy: { maxPixels: 65_000_000 } } } },
    'fields.a.policy.maxPixels for everybody: policy: maxPixels allows more (65000000) than',
  ],
  [
    { fields: { a: { policy: { maxByte: 1 } } } },
    'fields.a.policy.maxByte for everybody: policy: maxByte is not a setting; did you mean maxBytes?',
  ],
  [
    { fields: { a: { policy: { preset: 'edge' } } } },
    'fields.a.policy.preset for everybody: policy: preset belongs',
  ],
  [{ fields: { a: { policy: { output: { format: 'avif' } } } } }, 'output.format asks for AVIF'],
])('%j does not start in silence: %s', (wrong, problem) => {
  expect(() => check({ ...right, ...wrong })).toThrow(problem)
})

test("a field's policy lies inside that of every role", () => {
  const policies = { visitor: { maxFileBytes: 1000 }, author: { maxFileBytes: 5000 } }
  const fields = (maxFileBytes: number) => ({
    ...right,
    policies,
    fields: { avatar: { policy: { maxFileBytes } } },
  })
  expect(() => check(fields(1001))).toThrow(
    'fields.avatar.policy.maxFileBytes for visitor: policy: maxFileBytes',
  )
  const { rulesOf } = check(fields(1000))
  for (const role of ['visitor', 'author'])
    expect(rulesOf(role).fields.get('avatar')?.policy.maxFileBytes).toBe(1000)
})

test('a body may be as large as its files together, up to maxBytes', () => {
  const MiB = 2 ** 20
  const bodyOf = (options: object) => check({ ...right, ...options }).rulesOf('visitor').maxBytes
  expect(bodyOf({})).toBe(8 * MiB)
  expect(bodyOf({ maxFiles: 2 })).toBe(16 * MiB)
  expect(bodyOf({ maxFiles: 10 })).toBe(64 * MiB)
  expect(bodyOf({ maxFiles: 10, policy: { maxBytes: 80 * MiB, maxFileBytes: 8 * MiB } })).toBe(80 * MiB)
  expect(bodyOf({ maxFiles: 10, policy: { maxBytes: MiB } })).toBe(MiB)
  expect(bodyOf({ fields: { a: { policy: { maxFileBytes: MiB } }, b: { maxFiles: 3 } } })).toBe(25 * MiB)
  expect(bodyOf({ otherFiles: 'pass' })).toBe(64 * MiB)
})

test.each([
  { maxFiles: 100 },
  { fields: { a: { maxFiles: 60 }, b: { maxFiles: 40 } } },
  { fields: { '*': { policy: {} } }, otherFiles: 'ignore', required: false },
  { crop: 'crop', focus: 'focus' },
  { methods: ['PUT', 'PATCH'] },
  { trustProxy: 'cf-connecting-ip' },
  { redirect: 'https://app.example/done?a=b#c' },
  { maxFields: 0 },
  { maxFieldBytes: 0 },
  { idleMs: 1 },
  { trustProxy: 16 },
  { addressLimits: false },
  { onEvent: false },
  { maxInFlightBytes: 8 * 2 ** 20 },
  { minBytesPerSecond: 0 },
  { csrf: false },
])('%j is allowed', options => expect(() => check({ ...right, ...options })).not.toThrow())

test('publicBase gets its slash', () => {
  expect(check(right).publicBase).toBe('/images/')
  expect(check({ ...right, publicBase: 'https://cdn.example/i' }).publicBase).toBe('https://cdn.example/i/')
})
