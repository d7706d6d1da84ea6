import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'
import type { UploadEvent } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { pngImage } from '../../packages/adapters/test/images.js'
import { gatherUploads } from '../../packages/adapters/test/upload-events.js'

const events: UploadEvent[] = []
const upload = nodeListener(
  uploadHandler({
    store: memoryStore(),
    public: true,
    redirect: '/form',
    onEvent: gatherUploads(events),
  }),
)
const formPage = (action: string) => `<!doctype html><title>form</title>
  <form method="post" action="${action}" enctype="multipart/form-data">
    <input type="file" name="image"><button>send</button></form>`
const page =
  (action: string): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(formPage(action))
  }

let application: Server
let stranger: Server
let browser: Browser
let tab: Page
/**
 * The application, and the stranger's page on another port (same site) and on another host (another site).
 */
let here: string
let neighbour: string
let elsewhere: string

beforeAll(async () => {
  application = await listen((request, response) =>
    request.url === '/images' ? upload(request, response) : page('/images')(request, response),
  )
  here = `http://localhost:${portOf(application)}`
  stranger = await listen(page(`${here}/images`))
  neighbour = `http://localhost:${portOf(stranger)}`
  elsewhere = `http://127.0.0.1:${portOf(stranger)}`
  browser = await launchBrowser()
  tab = await browser.newPage()
}, 60_000)
beforeEach(() => {
  events.length = 0
})
afterAll(async () => {
  await browser?.close()
  application?.close()
  stranger?.close()
})

const png = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(pngImage()) }

async function submitForm(origin: string) {
  await tab.goto(`${origin}/`)
  await tab.setInputFiles('input', png)
  await tab.click('button')
  await tab.waitForLoadState()
}

test('a form of the application itself uploads and comes back to its page', async () => {
  await submitForm(here)
  expect(tab.url()).toBe(`${here}/form?upload=done`)
  expect(events).toMatchObject([{ event: 'upload.accepted', input: { name: 'a.png' } }])
})

test('a bad file comes back with its code', async () => {
  await tab.goto(`${here}/`)
  await tab.setInputFiles('input', { ...png, buffer: Buffer.from('%PDF-1.7') })
  await tab.click('button')
  await tab.waitForLoadState()
  expect(tab.url()).toBe(`${here}/form?upload=format-not-allowed`)
})

test.each([
  ['another site', () => elsewhere],
  ['another port', () => neighbour],
])('a form on %s cannot post', async (_, origin) => {
  await submitForm(origin())
  expect(tab.url()).toBe(`${here}/form?upload=cross-site`)
  expect(events).toMatchObject([{ event: 'upload.refused', code: 'cross-site' }])
})

test.each([
  ['a form without asking', "{ method: 'POST', mode: 'no-cors', credentials: 'include', body: form }"],
  ['text without asking', "{ method: 'POST', mode: 'no-cors', body: 'x' }"],
  ['bytes without a type', "{ method: 'POST', mode: 'no-cors', body: new Uint8Array(5) }"],
  [
    'an image, with a question before',
    "{ method: 'POST', headers: { 'content-type': 'image/png' }, body: 'x' }",
  ],
])('a script on another site cannot send %s', async (_, init) => {
  await tab.goto(`${elsewhere}/`)
  await tab.evaluate(`(async () => {
    const form = new FormData()
    form.append('image', new Blob(['x']), 'a.png')
    await fetch('${here}/images', ${init}).catch(() => {})
  })()`)
  expect(events).toHaveLength(1)
  expect(events[0]?.event).toBe('upload.refused')
  expect(events[0]?.code).toMatch(/^(cross-site|method-not-allowed)$/)
})

test('a 12-megapixel photo that the browser took goes through', async () => {
  await tab.goto(`${here}/`)
  const answer = await tab.evaluate<{ status: number; upload: object; sent: number }>(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 3000 })
    const context = canvas.getContext('2d')
    for (let i = 0; i < 3000; i++) {
      context.fillStyle = 'hsl(' + (i * 37) % 360 + ' 60% 50%)'
      context.fillRect((i * 7919) % 4000, (i * 104729) % 3000, 300, 200)
    }
    const photo = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.9))
    const form = new FormData()
    form.append('image', photo, 'photo.jpg')
    const response = await fetch('/images', { method: 'POST', body: form })
    return { status: response.status, upload: await response.json(), sent: photo.size }
  })()`)
  expect(answer).toMatchObject({ status: 201, upload: { width: 1600, height: 1200, format: 'webp' } })
  expect(events[0]?.input).toMatchObject({ format: 'jpeg', width: 4000, height: 3000, bytes: answer.sent })
})

function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener)
  return new Promise(resolve => server.listen(0, () => resolve(server)))
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
