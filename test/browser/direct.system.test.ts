import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { directUploads } from '@sluice/adapters/direct'
import { nodeListener } from '@sluice/adapters/node'
import { defaultRenderer } from '@sluice/codecs'
import { keyring, type UploadResult } from '@sluice/core'
import { ingester } from '@sluice/jobs'
import { s3Quarantine } from '@sluice/stores/quarantine'
import { s3Store } from '@sluice/stores/s3'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { makePng } from '@sluice/testkit/images/png'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { credentials, startFakeS3 } from '../../packages/stores/test/fake-s3.js'

/** What the page can call. */
const entry = `
import { uploadImage } from '@sluice/client'
globalThis.sendImage = async base64 => {
  const file = new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], 'cat.png', { type: 'image/png' })
  const shares = []
  const onProgress = share => shares.push(share)
  return uploadImage('/direct', file, { direct: true, shrink: false, onProgress })
    .then(upload => ({ upload, shares }), ({ code, message }) => ({ code, message }))
}`

let s3: Awaited<ReturnType<typeof startFakeS3>>
let server: Server
let browser: Browser
let page: Page
const results: UploadResult[] = []

beforeAll(async () => {
  s3 = await startFakeS3()
  const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
  const quarantine = s3Quarantine({ bucket: s3.url, ...credentials, prefix: 'quarantine/' })
  const renderer = defaultRenderer()
  const ingest = ingester({
    quarantine,
    keyring: ring,
    renderer,
    store: s3Store({ bucket: s3.url, ...credentials, prefix: 'public/' }),
    finish: async result => results.push(result),
  })
  const direct = nodeListener(
    directUploads({
      quarantine,
      keyring: ring,
      renderer,
      public: true,
      onEvent: false,
      result: id => ingest(id),
    }),
  )
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    conditions: ['@sluice/source'],
    write: false,
  })
  server = createServer((request, response) => {
    if (request.url?.startsWith('/direct')) return direct(request, response)
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? outputFiles[0]?.text : '<!doctype html><script type="module" src="page.js"></script>',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('globalThis.sendImage')
}, 60_000)
beforeEach(() => {
  results.length = 0
  s3.objects.clear()
  s3.requests.length = 0
  s3.control.fault = () => undefined
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  await s3?.stop()
})

const isPresigned = (line: string) => line.startsWith('PUT') && line.includes('X-Amz-Signature=')
const puts = () => s3.requests.filter(isPresigned)

/** Noise, so that it is more than a socket takes at once. */
const photo = Buffer.from(makePng(900, 700)).toString('base64')

async function send(file = photo) {
  return await page.evaluate<{
    upload: { key: string; width: number }
    shares: readonly number[]
    code?: string
  }>(`sendImage('${file}')`)
}

function storedKeys() {
  return [...s3.objects.keys()].filter(key => key.startsWith('public/'))
}

test('a browser puts a file past the server, and sees how far it is', async () => {
  const { upload, shares } = await send()
  expect(upload).toMatchObject({ width: 900, format: 'webp' })
  expect(shares.at(-1)).toBe(1)
  expect(puts()).toHaveLength(1)
  expect(storedKeys()).toEqual([`public/${upload.key}`])
  expect(results).toMatchObject([{ stored: { key: upload.key } }])
})

test.each([
  ['cut in the middle of the file', 'cut'],
  ['cut behind the file, with its answer', 'lost'],
] as const)('a connection that is %s is one stored image', async (_, fault) => {
  let faults = 1
  s3.control.fault = line => (isPresigned(line) && faults-- > 0 ? fault : undefined)
  const { upload } = await send()
  expect(puts()).toHaveLength(2)
  expect(storedKeys()).toEqual([`public/${upload.key}`])
  expect(results).toMatchObject([{ stored: { key: upload.key } }])
})

test('what is refused is told, and nothing is left', async () => {
  s3.control.fault = line => (isPresigned(line) ? 403 : undefined)
  expect(await send()).toMatchObject({ code: 'forbidden' })
  expect(puts()).toHaveLength(1)
  expect(s3.objects.size).toBe(0)
  expect(results).toEqual([])
})
