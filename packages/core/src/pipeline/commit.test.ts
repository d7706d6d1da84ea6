import { afterEach, expect, it, vi } from 'vitest'
import { gifFile } from '../../test/gif-file.js'
import { vp8, webpFile } from '../../test/webp-file.js'
import type { FileToStore, Store } from '../contracts/store.js'
import { sha256 } from '../input/sha256.js'
import { note } from '../notes/notes.js'
import { definePolicy } from '../policy/policy.js'
import { commit } from './commit.js'
import { probe } from './probe.js'
import { passed, type Rendered, type Sniffed } from './stages.js'
import { verify } from './verify.js'

const policy = definePolicy({ variants: { thumb: { maxWidth: 3, maxHeight: 3 } } })
const bytes = gifFile({ width: 6, height: 4 })
const files = { main: webpFile(vp8()), thumb: webpFile(vp8(3, 2)) }

async function verified() {
  const sniffed = passed<Sniffed>({ bytes, format: 'gif', name: 'cat.gif', extension: 'gif' })
  const still = { format: 'webp', frames: 1 } as const
  const renditions = [
    { ...still, name: 'main', bytes: files.main, width: 6, height: 4 },
    { ...still, name: 'thumb', bytes: files.thumb, width: 3, height: 2 },
  ]
  return verify(
    passed<Rendered>({ source: probe(sniffed, policy), renditions, notes: [note('profile-broken')] }),
    policy,
  )
}

function storeThat(takes: (files: readonly FileToStore[]) => Promise<void>): Store {
  return { commit: takes, get: async () => undefined, delete: async () => {}, async *list() {} }
}

afterEach(() => {
  vi.restoreAllMocks()
})

it('stores each rendition under its own name, and tells the same of it', async () => {
  const taken: FileToStore[] = []
  const store = storeThat(async files => void taken.push(...files))
  const [stored] = await commit([{ verified: await verified(), policy }], { store })
  const thumb = stored?.variants.thumb
  expect(stored).toMatchObject({
    format: 'webp',
    width: 6,
    bytes: files.main.length,
    sha256: await sha256(files.main),
    variants: { thumb: { width: 3, bytes: files.thumb.length, sha256: await sha256(files.thumb) } },
    notes: [note('profile-broken')],
    policyVersion: policy.version,
    input: { name: 'cat.gif', width: 6, bytes: bytes.length, sha256: await sha256(bytes) },
  })
  expect(thumb?.key).toBe(stored?.key.replace('.webp', '-thumb.webp'))
  expect(taken).toEqual([
    { key: stored?.key, bytes: files.main, type: 'image/webp' },
    { key: thumb?.key, bytes: files.thumb, type: 'image/webp' },
  ])
})

it('stores nothing where the input cannot be hashed: after the commit nothing can fail', async () => {
  const image = await verified()
  const store = storeThat(vi.fn())
  vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(new Error('no memory'))
  await expect(commit([{ verified: image, policy }], { store })).rejects.toThrow('no memory')
  expect(store.commit).not.toHaveBeenCalled()
})

it('a store that throws something else has failed', async () => {
  const store = storeThat(() => Promise.reject(new Error('disk full')))
  await expect(commit([{ verified: await verified(), policy }], { store })).rejects.toMatchObject({
    code: 'store-failed',
    stage: 'store',
    detail: 'Error: disk full',
  })
})

it('stores the files of several uploads at once, each under names of its own', async () => {
  const store = storeThat(vi.fn(async () => {}))
  const both = await commit(
    [
      { verified: await verified(), policy },
      { verified: await verified(), policy },
    ],
    { store },
  )
  expect(store.commit).toHaveBeenCalledTimes(1)
  const [files] = vi.mocked(store.commit).mock.calls[0] ?? []
  const keys = both.flatMap(({ key, variants }) => [key, variants.thumb?.key])
  expect(files?.map(({ key }) => key)).toEqual(keys)
  expect(new Set(keys).size).toBe(4)
})
