import type { UploadOptions } from '@sluice/adapters/fetch'
import { type ErrorCode, type Renderer, UploadError } from '@sluice/core'
import { german } from '@sluice/core/messages/de'
import { memoryRecords } from '@sluice/records'
import { memoryStore } from '@sluice/stores'
import { toyRenderer } from '../../../packages/adapters/test/toy-renderer.js'

export const secret = 'a secret of at least 32 characters'

/** What of its request each endpoint may look at, in every framework. */
export type HeaderOf<Native> = (request: Native, name: string) => string | null | undefined

// All requests come from one address, and there are hundreds.
const openTo = {
  public: true,
  csrf: false,
  renderer: toyRenderer,
  addressLimits: false,
  onEvent: false,
} as const

/** An endpoint whose next handler answers what it is told to, or throws; and how many files are kept. */
export function keptEndpoint() {
  const store = memoryStore()
  return {
    options: { ...openTo, store },
    /** @throws where it is told to */
    answer(told: string | undefined): number {
      if (told === 'throw') throw new Error('secret-of-the-application')
      return Number(told)
    },
    async count(): Promise<number> {
      let files = 0
      for await (const _ of store.list()) files++
      return files
    },
  }
}

/** Whether an endpoint answers with a list. */
export function hasMany({ maxFiles, fields }: Pick<UploadOptions<never>, 'maxFiles' | 'fields'>): boolean {
  return maxFiles !== undefined || fields !== undefined
}

/** The same endpoints in every runtime: one path each, so that one table of requests fits them all. */
export function endpoints<Native>(
  headerOf: HeaderOf<Native>,
): Readonly<Record<string, UploadOptions<Native>>> {
  const store = memoryStore()
  const open = { ...openTo, store }
  const roles = (request: Native) => {
    const role = headerOf(request, 'x-role')
    return role === null || role === undefined ? null : { role, user: headerOf(request, 'x-user') ?? 'ann' }
  }
  return {
    /** As an application has it: the renderer of the library, roles, forms of browsers. */
    '/images': {
      store,
      authorize: roles,
      policies: { author: {}, small: { maxBytes: 2000 } },
      csrf: { trustedOrigins: ['https://app.example'] },
      messages: { de: german },
      redirect: '/form',
      addressLimits: false,
      onEvent: false,
    },
    /** Small limits, each to be tried from both sides. */
    '/limits': {
      ...open,
      policy: {
        maxBytes: '16 KiB',
        maxNameBytes: 20,
        maxPixels: 64,
        maxTotalPixels: 256,
        maxFrames: 3,
        maxScans: 2,
        maxMetadataBytes: 40,
        repair: 'none',
        trailingData: 'refuse',
        animated: 'refuse',
      },
      maxFiles: 2,
      maxFields: 2,
      maxFieldBytes: 10,
      maxConcurrent: 100,
    },
    '/fields': {
      ...open,
      fields: { avatar: { policy: { maxFileBytes: 1024 } }, gallery: { maxFiles: 10 } },
      required: false,
      otherFiles: 'pass',
      methods: ['POST', 'PUT'],
    },
    '/crop': { ...open, crop: 'crop', focus: 'focus' },
    '/animations': {
      ...open,
      policy: { maxPixels: 64, maxTotalPixels: 64, maxFrames: 3, animated: 'first-frame' },
    },
    '/any-extension': { ...open, policy: { mismatch: 'allow' } },
    '/names': { ...open, policy: { maxNameBytes: 4096 }, maxFiles: 100 },
    '/token': { ...open, csrf: { token: { secret, cookie: 'csrf' } } },
    '/rate': { ...open, authorize: roles, public: false, rateLimit: countdown(2) },
    '/quota': { ...open, authorize: roles, public: false, quota: { files: countdown(1) } },
    '/one-image': { ...open, records: memoryRecords(), quota: { maxHeldFiles: 1 } },
    '/one-byte': { ...open, records: memoryRecords(), quota: { maxHeldBytes: 1 } },
    '/broken-records': {
      ...open,
      records: { ...memoryRecords(), open: () => Promise.reject(new Error('secret-of-the-database')) },
    },
    '/rejecting': { ...open, beforeStore: () => ({ refuse: 'it shows a virus' }) },
    '/broken-scanner': { ...open, beforeStore: () => Promise.reject(new Error('secret-of-the-scanner')) },
    '/broken-authorize': {
      ...open,
      public: false,
      authorize: () => {
        throw new Error('secret-of-the-session-store')
      },
    },
    '/broken-record': { ...open, onStored: () => Promise.reject(new Error('secret-of-the-database')) },
    '/refusing-record': {
      ...open,
      onStored: () => {
        throw new UploadError('forbidden')
      },
    },
    '/broken-store': {
      ...open,
      store: { ...store, commit: () => Promise.reject(new Error('secret-of-the-disk')) },
    },
    '/repeats': { ...open, idempotency: true },
    '/conflicting-store': {
      ...open,
      store: { ...store, commit: () => Promise.reject(new UploadError('store-conflict')) },
    },
    '/lying-renderer': { ...open, renderer: { ...toyRenderer, render: async () => ({ renditions: [] }) } },
    '/impatient': { ...open, idleMs: 300, totalMs: 1500, maxConcurrent: 1000 },
    '/one-at-a-time': { ...open, maxConcurrent: 1, renderer: { ...toyRenderer, render: slowly } },
    ...Object.fromEntries(
      rendererCodes.map(code => [
        `/render/${code}`,
        { ...open, renderer: { ...toyRenderer, render: failing(code) } },
      ]),
    ),
  }
}

/** Codes that only a renderer gives. */
export const rendererCodes = [
  'decode-failed',
  'too-costly',
  'too-much-memory',
  'timed-out',
  'aborted',
  'busy',
  'renderer-unavailable',
  'render-failed',
  // Clients alone find it out.
  'connection-lost',
] as const satisfies readonly ErrorCode[]

function failing(code: ErrorCode): Renderer['render'] {
  return async () => {
    // What nobody foresaw is render-failed too.
    if (code === 'render-failed') throw 98488
    throw new UploadError(
      code,
      { retryAfter: 3, memoryMb: 96, timeMs: 10 },
      { detail: 'secret-of-the-codec' },
    )
  }
}

const slowly: Renderer['render'] = async (...given) => {
  await new Promise(resolve => setTimeout(resolve, 500))
  return toyRenderer.render(...given)
}

/** A limiter in the shape of rate-limiter-flexible: that many points for each key, for ever. */
function countdown(points: number) {
  const left = new Map<string, number>()
  return {
    points,
    duration: 60,
    async consume(key: string, taken = 1) {
      const remainingPoints = (left.get(key) ?? points) - taken
      left.set(key, remainingPoints)
      const state = { remainingPoints, msBeforeNext: 7000 }
      if (remainingPoints < 0) throw state
      return state
    },
  }
}
