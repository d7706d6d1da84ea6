import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'
import { type Format, readHeader, type UploadEvent } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { german } from '@sluice/core/messages/de'
import { memoryStore } from '@sluice/stores'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { build } from 'esbuild'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import manifest from '../../fixtures/manifest.json' with { type: 'json' }
import { gatherUploads } from '../../packages/adapters/test/upload-events.js'

const events: UploadEvent[] = []
const store = memoryStore()
const upload = nodeListener(
  uploadHandler({
    store,
    public: true,
    policy: { maxFrames: 3 },
    messages: { de: german },
    onEvent: gatherUploads(events),
  }),
)
/** What the page can call, beside the package itself. */
const entry = `
import * as client from '@sluice/client'
const fileOf = ({ base64, name }) => new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name)
const told = error => ({ name: error.name, code: error.code, message: error.message, params: error.params })
Object.assign(globalThis, client, {
  fileOf,
  async shrunk(file, settings) {
    const blob = await client.shrinkImage(fileOf(file), client.definePolicy(settings))
    const bytes = new Uint8Array(await blob.arrayBuffer())
    return { name: blob.name, type: blob.type, base64: btoa(Array.from(bytes, b => String.fromCharCode(b)).join('')) }
  },
  tried: (file, options = {}, url = '/images') => client.uploadImage(url, fileOf(file), options).catch(told),
})`

let server: Server
let browser: Browser
let page: Page

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    conditions: ['@sluice/source'],
    write: false,
  })
  server = createServer((request, response) => {
    if (request.url === '/images') return upload(request, response)
    if (request.url === '/broken') return request.destroy()
    if (request.url === '/nginx') return response.writeHead(413).end('<h1>413 Request Entity Too Large</h1>')
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? outputFiles[0]?.text : '<!doctype html><script type="module" src="page.js"></script>',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser()
  page = await browser.newPage({ locale: 'de' })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('globalThis.uploadImage')
}, 60_000)
beforeEach(() => {
  events.length = 0
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

interface Sent {
  readonly name: string
  readonly base64: string
}
interface Shrunk extends Sent {
  readonly type: string
  readonly bytes: Uint8Array
}

const fixture = (path: string): Sent => ({
  name: path.split('/').at(-1) ?? '',
  base64: readFileSync(new URL(`../../fixtures/files/${path}`, import.meta.url), 'base64'),
})

const headerOf = (format: Format, bytes: Uint8Array) =>
  readHeader(format, new ByteReader(bytes), { maxPixels: 1e8 })

async function shrink(file: Sent, settings = {}): Promise<Shrunk> {
  const made = await page.evaluate<Omit<Shrunk, 'bytes'>>(
    `shrunk(${JSON.stringify(file)}, ${JSON.stringify(settings)})`,
  )
  return { ...made, bytes: new Uint8Array(Buffer.from(made.base64, 'base64')) }
}

const tryToUpload = (file: Sent, options = '{}', url = '/images') =>
  page.evaluate(`tried(${JSON.stringify(file)}, ${options}, ${JSON.stringify(url)})`)

test('a photo is sent no larger than the server keeps it, without its position', async () => {
  const bytes = await sharp(Buffer.from(fixture('photos/valley.jpg').base64, 'base64'))
    .resize(4000, 3000)
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 30/1' } })
    .jpeg({ quality: 95 })
    .toBuffer()
  expect(headerOf('jpeg', bytes)).toMatchObject({
    width: 4000,
    exifBytes: expect.toSatisfy(count => count > 50),
  })
  const photo = { name: 'Valley at noon.JPG', base64: bytes.toString('base64') }
  const small = await shrink(photo)
  expect([small.name, small.type]).toEqual(['Valley at noon.jpg', 'image/jpeg'])
  expect(small.bytes.length).toBeLessThan(bytes.length / 2)
  expect(headerOf('jpeg', small.bytes)).toMatchObject({
    width: 1600,
    height: 1200,
    orientation: 1,
    exifBytes: 0,
  })
  expect(await tryToUpload(photo)).toMatchObject({ format: 'webp', width: 1600, height: 1200 })
  expect(events).toMatchObject([
    { event: 'upload.accepted', input: { bytes: small.bytes.length, width: 1600 } },
  ])
})

test('all eight orientations are drawn upright', async () => {
  // Too large for the policy as they are, and so drawn whatever comes out.
  const settings = { maxBytes: 1000, output: { maxWidth: 120, maxHeight: 80 } }
  const grey = (picture: Sharp) => picture.greyscale().raw().toBuffer()
  for (let orientation = 1; orientation <= 8; orientation++) {
    const file = fixture(`orientation/exif-${orientation}.jpg`)
    const expected = await grey(sharp(Buffer.from(file.base64, 'base64')).autoOrient().resize(120, 80))
    const pixels = await grey(sharp((await shrink(file, settings)).bytes))
    expect([orientation, pixels.length]).toEqual([orientation, 120 * 80])
    const difference = pixels.reduce((sum, value, i) => sum + Math.abs(value - (expected[i] ?? 0)), 0)
    expect(difference / pixels.length, `mean difference, orientation ${orientation}`).toBeLessThan(3)
  }
})

test('a photo over the limit is accepted once it is drawn smaller', async () => {
  const noise = Buffer.alloc(4000 * 3000 * 3)
  for (let i = 0, state = 1; i < noise.length; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    noise[i] = state >> 16
  }
  const raw = { width: 4000, height: 3000, channels: 3 } as const
  const large = await sharp(noise, { raw }).jpeg({ quality: 95 }).toBuffer()
  expect(large.length).toBeGreaterThan(8 * 1024 * 1024)
  const file = { name: 'noise.jpg', base64: large.toString('base64') }
  expect(await tryToUpload(file)).toMatchObject({ width: 1600, height: 1200 })
  expect(await tryToUpload(file, '{ shrink: false }')).toMatchObject({ code: 'too-large' })
})

test('what need not change does not: small pictures, animations, what is no image', async () => {
  for (const path of ['photos/grey.jpg', 'gif/animated.gif', 'bad/document.jpg', 'bad/cut.jpg']) {
    const file = fixture(path)
    expect((await shrink(file, { output: { maxWidth: path.startsWith('gif') ? 10 : 1600 } })).base64).toBe(
      file.base64,
    )
  }
})

test('what this browser cannot draw comes back as it is, and is refused with advice', async () => {
  const heic = readFileSync(new URL('../../fixtures/heic/scene.heic', import.meta.url), 'base64')
  const photo = { name: 'IMG_0001.HEIC', base64: heic }
  expect(await shrink(photo)).toMatchObject(photo)
  expect(await tryToUpload(photo)).toMatchObject({
    code: 'format-not-enabled',
    message: expect.stringContaining('must be saved as JPEG first'),
  })
})

test('alpha stays, and variants are large enough', async () => {
  const settings = {
    extensions: ['png'],
    output: { maxWidth: 20 },
    variants: { wide: { maxWidth: 60, maxHeight: 30, fit: 'cover' } },
  }
  const { bytes, name, type } = await shrink(fixture('webp/lossless-alpha.webp'), settings)
  expect([name, type]).toEqual(['lossless-alpha.png', 'image/png'])
  // 96x96, of which the variant covers its whole width.
  expect(headerOf('png', bytes)).toMatchObject({ width: 60, height: 60, alpha: true })
  expect((await sharp(bytes).stats()).isOpaque).toBe(false)
})

test('what the policy refuses is told as the server would, and is not sent', async () => {
  const bad = manifest.flatMap(({ file, expect: { code } }: { file: string; expect: { code?: string } }) =>
    code ? [{ file, code }] : [],
  )
  expect(bad.length).toBeGreaterThan(15)
  for (const { file, code } of bad)
    expect([file, await tryToUpload(fixture(file))]).toMatchObject([file, { name: 'UploadError', code }])
  // It ends in the data of its only scan: whether more than EOI is missing, the decoder alone sees.
  expect(events).toMatchObject([{ event: 'upload.refused', code: 'truncated', input: { name: 'cut.jpg' } }])
})

test('a refusal of the server is its own, in the language of the browser', async () => {
  // Here one policy allows what the other refuses.
  expect(await tryToUpload(fixture('gif/animated.gif'))).toMatchObject({
    name: 'UploadError',
    code: 'too-many-frames',
    message: 'Die Animation hat mehr als 3 Einzelbilder. Bitte kürzen.',
    params: { maxFrames: 3 },
  })
  expect(events).toMatchObject([{ event: 'upload.refused', code: 'too-many-frames' }])
})

test('Nginx, a broken connection and a change of mind are upload errors too', async () => {
  const photo = fixture('photos/grey.jpg')
  expect(await tryToUpload(photo, '{}', '/nginx')).toMatchObject({
    code: 'too-large',
    params: { maxBytes: 8388608 },
  })
  expect(await tryToUpload(photo, '{}', '/broken')).toMatchObject({
    code: 'connection-lost',
    message: 'The connection broke off before the image had arrived. Try again.',
  })
  expect(await tryToUpload(photo, '{ signal: AbortSignal.abort() }')).toMatchObject({ code: 'aborted' })
  const late = '{ signal: (s => (setTimeout(() => s.abort()), s.signal))(new AbortController()) }'
  expect(await tryToUpload(photo, late)).toMatchObject({ code: 'aborted' })
})

test('progress is told up to the end', async () => {
  await page.evaluate('globalThis.shares = []')
  await tryToUpload(fixture('photos/valley.jpg'), '{ onProgress: share => shares.push(share) }')
  const shares = await page.evaluate<number[]>('shares')
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
})
