import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyring, newUploadId } from '@sluice/core'
import {
  type Offer,
  type Quarantine,
  readOffer,
  s3Quarantine,
  signOffer,
  sweepQuarantine,
} from '@sluice/stores/quarantine'
import { folderQuarantine } from '@sluice/stores/quarantine/fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { credentials, startFakeS3 } from './fake-s3.js'

const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
const file = Buffer.from('what a stranger sends')
const sha256 = createHash('sha256').update(file).digest('hex')

const offerOf = (more: Partial<Offer> = {}): Offer => ({
  ...newUploadId(ring),
  role: 'author',
  user: 'ann',
  name: 'Käse 🧀.jpg',
  bytes: file.length,
  type: 'image/jpeg',
  sha256,
  expires: new Date(Date.now() + 300_000).toISOString(),
  ...more,
})

let s3: Awaited<ReturnType<typeof startFakeS3>>
let home = ''
beforeEach(async () => {
  s3 = await startFakeS3()
  home = mkdtempSync(join(tmpdir(), 'sluice-quarantine-'))
})
afterEach(async () => {
  vi.useRealTimers()
  rmSync(home, { recursive: true })
  await s3.stop()
})

const bucket = (more = {}) => s3Quarantine({ bucket: s3.url, ...credentials, prefix: 'quarantine/', ...more })
const folder = () => folderQuarantine(join(home, 'quarantine'), '/direct', ring)

async function present(quarantine: Quarantine, offer = offerOf()) {
  const ticket = await signOffer(offer, ring)
  return { offer, ticket, put: await quarantine.present(offer, ticket) }
}

const send = (put: { url: string; headers: Readonly<Record<string, string>> }, body: Uint8Array = file) =>
  fetch(put.url, { method: 'PUT', headers: put.headers, body: body as Uint8Array<ArrayBuffer> })

async function idsIn(quarantine: Quarantine): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { id } of quarantine.list()) ids.push(id)
  return ids
}

describe('a ticket', () => {
  test('says what was offered, and only as it was signed', async () => {
    const offer = offerOf()
    const ticket = await signOffer(offer, ring)
    expect(await readOffer(ticket, ring)).toEqual(offer)
    const [text = '', mac = ''] = ticket.split('.')
    const other = await signOffer(offerOf(), ring)
    const forged = Buffer.from(JSON.stringify({ ...offer, role: 'admin' })).toString('base64url')
    for (const wrong of [
      '',
      text,
      `${text}.`,
      `${forged}.${mac}`,
      `${text}.${other.split('.')[1]}`,
      `${text}.${'A'.repeat(43)}`,
      `!!!!.${mac}`,
      `${ticket}x`,
    ])
      expect(await readOffer(wrong, ring), wrong).toBeUndefined()
    const gone = keyring({ current: 'b', secrets: { b: 'b'.repeat(32) } })
    expect(await readOffer(ticket, gone)).toBeUndefined()
    // A name of a key is no signature of a ticket, under the same secret.
    const key = Buffer.from(await ring.mac('key', text, 'a')).toString('base64url')
    expect(await readOffer(`${text}.${key}`, ring)).toBeUndefined()
  })

  test('has to fit into the metadata of an object', async () => {
    await expect(signOffer(offerOf({ user: 'x'.repeat(2000) }), ring)).rejects.toThrow(RangeError)
    await expect(
      signOffer(offerOf({ user: 'x'.repeat(500), name: 'ä'.repeat(120) }), ring),
    ).resolves.toBeDefined()
  })
})

describe('a presigned URL', () => {
  test('puts the file that was offered, and nothing a second time', async () => {
    const quarantine = bucket()
    const { offer, ticket, put } = await present(quarantine)
    expect((await send(put)).status).toBe(200)
    const found = await quarantine.find(offer.id)
    expect(found).toMatchObject({ ticket, bytes: file.length })
    expect(Buffer.from(await quarantine.read(offer.id, found?.etag ?? ''))).toEqual(file)
    expect(await idsIn(quarantine)).toEqual([offer.id])
    expect((await send(put)).status).toBe(412)
    await quarantine.settle(offer.id, new Date(offer.expires))
    expect(await quarantine.find(offer.id)).toBeUndefined()
    expect((await send(put)).status).toBe(412)
    expect(s3.objects.get(`quarantine/${offer.id}`)?.bytes).toHaveLength(0)
    await quarantine.settle(offer.id, new Date(0))
    expect(s3.objects.size).toBe(0)
  })

  test('is refused with another length, type, checksum, condition, ticket or key', async () => {
    const { put, offer } = await present(bucket())
    const headers = (more: Record<string, string | undefined>) => {
      const all = { ...put.headers, ...more }
      return Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      )
    }
    const other = Buffer.from('what a stranger SENDS')
    const checksum = createHash('sha256').update(other).digest('base64')
    const tampered: [object, Uint8Array?][] = [
      [put, Buffer.concat([file, file])],
      [put, file.subarray(1)],
      [put, other],
      [{ ...put, headers: headers({ 'x-amz-checksum-sha256': checksum }) }, other],
      [{ ...put, headers: headers({ 'x-amz-checksum-sha256': undefined }) }, other],
      [{ ...put, headers: headers({ 'content-type': 'text/html' }) }],
      [{ ...put, headers: headers({ 'if-none-match': undefined }) }],
      [{ ...put, headers: headers({ 'x-amz-meta-sluice-offer': 'other' }) }],
      [{ ...put, headers: headers({ 'x-amz-meta-more': 'x' }) }],
      [{ ...put, headers: headers({ 'x-amz-acl': 'public-read' }) }],
      [{ ...put, url: put.url.replace(offer.id, 'f'.repeat(32)) }],
      [{ ...put, url: put.url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=3600') }],
    ]
    for (const [request, body] of tampered) {
      const { status } = await send({ ...put, ...request }, body ?? file)
      expect(status, JSON.stringify(request)).toBe(403)
    }
    expect(s3.objects.size).toBe(0)
    expect((await send(put)).status).toBe(200)
  })

  test('is refused once it has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { put } = await present(bucket())
    vi.setSystemTime(Date.now() + 300_000)
    expect((await send(put)).status).toBe(403)
  })

  test('is not made for an offer that has expired', async () => {
    const expired = offerOf({ expires: new Date(Date.now()).toISOString() })
    await expect(present(bucket(), expired)).rejects.toMatchObject({ code: 'store-failed' })
  })
})

test('what has changed since it was found is not read', async () => {
  const quarantine = bucket()
  const { offer, put } = await present(quarantine)
  await send(put)
  const found = await quarantine.find(offer.id)
  s3.objects.set(`quarantine/${offer.id}`, { bytes: Buffer.from('other'), headers: {}, modified: 0 })
  await expect(quarantine.read(offer.id, found?.etag ?? '')).rejects.toMatchObject({
    code: 'store-failed',
    cause: { status: 412 },
  })
})

test('a folder takes the file of a ticket once, in one act, for its user alone', async () => {
  const quarantine = folder()
  const { offer, ticket, put } = await present(quarantine)
  expect(new URL(put.url, 'http://here').searchParams.get('offer')).toBe(ticket)
  expect(await quarantine.admit(ticket)).toEqual(offer)
  await expect(quarantine.take(offer, ticket, file.subarray(1))).rejects.toMatchObject({
    code: 'malformed-body',
  })
  expect(await quarantine.find(offer.id)).toBeUndefined()
  expect(await quarantine.take(offer, ticket, file)).toBe(true)
  expect(await quarantine.take(offer, ticket, file)).toBe(false)
  const path = join(home, 'quarantine', offer.id)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(home, 'quarantine')).mode & 0o777).toBe(0o700)
  const found = await quarantine.find(offer.id)
  expect(found).toMatchObject({ ticket, bytes: file.length })
  expect(Buffer.from(await quarantine.read(offer.id, found?.etag ?? ''))).toEqual(file)
  await expect(quarantine.read(offer.id, 'other')).rejects.toMatchObject({ code: 'store-failed' })
  await quarantine.settle(offer.id, new Date(offer.expires))
  expect(await quarantine.find(offer.id)).toBeUndefined()
  expect(await quarantine.take(offer, ticket, file)).toBe(false)
  await quarantine.settle(offer.id, new Date(0))
  await quarantine.settle(offer.id, new Date(0))
  expect(readdirSync(join(home, 'quarantine'))).toEqual([])
})

test('a folder admits no ticket that is not ours, or has expired', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const quarantine = folder()
  const { ticket } = await present(quarantine)
  await expect(quarantine.admit(`${ticket}x`)).rejects.toMatchObject({ code: 'forbidden' })
  vi.setSystemTime(Date.now() + 300_000)
  await expect(quarantine.admit(ticket)).rejects.toMatchObject({ code: 'forbidden' })
})

test('a sweep removes what was abandoned, once who still waits for it was asked', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const inBucket = bucket()
  const inFolder = folder()
  const one = await present(inBucket)
  await send(one.put)
  const two = await present(inFolder)
  await inFolder.take(two.offer, two.ticket, file)
  writeFileSync(join(home, 'quarantine', 'not-ours'), '')
  const path = join(home, 'quarantine', two.offer.id)
  for (const quarantine of [inBucket, inFolder]) expect(await sweepQuarantine(quarantine)).toBe(0)
  vi.setSystemTime(Date.now() + 86_400_001)
  utimesSync(path, new Date(Date.now() - 86_400_001), new Date(Date.now() - 86_400_001))
  const asked: string[] = []
  const beforeRemoval = async (id: string) => asked.push(id)
  for (const quarantine of [inBucket, inFolder])
    expect(await sweepQuarantine(quarantine, { beforeRemoval })).toBe(1)
  expect(asked).toEqual([one.offer.id, two.offer.id])
  expect(s3.objects.size).toBe(0)
  expect(readdirSync(join(home, 'quarantine'))).toEqual(['not-ours'])
})

test('whatever an id is, it stays in the folder', async () => {
  const quarantine = folder()
  for (const id of ['../../etc/passwd', '', '.', `${'a'.repeat(32)}/..`, 'A'.repeat(32)]) {
    expect(await quarantine.find(id)).toBeUndefined()
    await quarantine.settle(id, new Date(0))
  }
})
