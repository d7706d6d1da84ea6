import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { bodyOf } from '@sluice/testkit/body-of'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fixture } from '../blog/blog.js'

/* The element beside a server that the test answers for; with Sluice behind it: test/blog. */

const uploaded = {
  ...{
    key: 'a.webp',
    url: '/a.webp',
    format: 'webp',
    width: 8,
    height: 6,
    frames: 1,
    bytes: 9,
    sha256: '0a',
  },
  variants: {},
}
/** Requests that wait for the test's answer. */
const waiting: { readonly body: string; answer(status: number, body: object): void }[] = []
let markup = ''
let script = ''
let browser: Browser
let page: Page

const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    const body = (await bodyOf(request))?.toString('latin1')
    // A page that a test is done with may be closed while it sends.
    if (body === undefined) return
    waiting.push({ body, answer: (status, content) => answer(response, status, content) })
    return
  }
  const isScript = request.url?.endsWith('.js')
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'",
  )
  response.end(isScript ? script : `<!doctype html>${markup}<script type="module" src="page.js"></script>`)
})

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import '@sluice/client/element'",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    conditions: ['@sluice/source'],
    write: false,
  })
  script = outputFiles[0]?.text ?? ''
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  server.close()
})
beforeEach(() => {
  waiting.length = 0
})

// A page that is still there sends on.
afterEach(() => page.context().close())

const problems: string[] = []

async function open(html: string, options = {}): Promise<void> {
  markup = html
  problems.length = 0
  page = await (await browser.newContext(options)).newPage()
  page.on('console', message => problems.push(message.text()))
  page.on('pageerror', error => problems.push(String(error.message)))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await until(`document.querySelector('sluice-upload').matches(':defined')`)
}

const until = (condition: string) =>
  vi.waitFor(async () => expect(await page.evaluate(condition), condition).toBe(true), { timeout: 10_000 })
const request = (index: number) =>
  vi.waitFor(() => {
    const [one] = waiting.slice(index, index + 1)
    if (one === undefined) throw new Error(`request ${index} has not come`)
    return one
  }, 10_000)
const row = (state: string) => page.locator(`sluice-upload li[data-state="${state}"]`)
const choose = (...paths: string[]) =>
  page.locator('sluice-upload input[type=file] >> nth=-1').setInputFiles(paths.map(fixture))
const press = (name: RegExp) => page.getByRole('button', { name }).click()

const inner = `<form method="post" action="/images" enctype="multipart/form-data">
  <input type="hidden" name="csrf" value="a-token">
  <label>Pictures <input type="file" name="photo" multiple></label><button>Send</button></form>`

test('what works without it is where it finds everything: action, field, tokens, several files', async () => {
  await open(`<html lang="en"><title>t</title><sluice-upload>${inner}</sluice-upload>`)
  expect(await page.locator('form').boundingBox()).toBe(null)
  await choose('photos/grey.jpg', 'photos/valley.jpg')
  const first = await request(0)
  expect(first.body).toMatch(/name="csrf"\r\n\r\na-token[\s\S]*name="photo"; filename="grey\.jpg"/)
  await request(1)
  for (const { answer } of waiting) answer(201, uploaded)
  await until(`document.querySelector('sluice-upload').uploads.every(({ state }) => state === 'uploaded')`)
  expect(problems).toEqual([])
})

test('what fails by the server is sent again by itself, what is refused by hand', async () => {
  await open(`<html lang="en"><title>t</title><sluice-upload>${inner}</sluice-upload>`)
  await choose('photos/grey.jpg')
  ;(await request(0)).answer(503, { code: 'busy', title: 'Busy.', params: { retryAfter: 1 } })
  ;(await request(1)).answer(422, { code: 'truncated', title: 'Cut off.' })
  await row('refused').waitFor()
  expect(await row('refused').textContent()).toContain('Cut off.')
  await press(/^Try again: grey\.jpg$/)
  ;(await request(2)).answer(201, uploaded)
  await row('uploaded').waitFor()
})

test('an upload can be cancelled, and a form waits for those that are on their way', async () => {
  await open(`<html lang="en"><title>t</title><form action="/next">
    <sluice-upload name="picture" action="/images" required>
    <label>Picture <input type="file" name="image"></label></sluice-upload><button>Go</button></form>`)
  const valid = `document.querySelector('form').checkValidity()`
  expect(await page.evaluate(valid)).toBe(false)
  await choose('photos/grey.jpg')
  await request(0)
  expect(await page.evaluate(valid)).toBe(false)
  await press(/^Cancel: grey\.jpg$/)
  await row('cancelled').waitFor()
  expect(await page.evaluate(valid)).toBe(false)
  await press(/^Remove: grey\.jpg$/)
  await choose('photos/valley.jpg')
  ;(await request(1)).answer(201, uploaded)
  await row('uploaded').waitFor()
  expect(await page.evaluate(valid)).toBe(true)
  expect(await page.evaluate(`[...new FormData(document.querySelector('form'))]`)).toEqual([
    ['picture', 'a.webp'],
  ])
  await page.evaluate(`document.querySelector('form').reset()`)
  expect(await page.evaluate(`document.querySelector('sluice-upload').uploads.length`)).toBe(0)
})

test('a pasted picture is taken; a text is left to where it was pasted', async () => {
  await open(
    `<html lang="en"><title>t</title><textarea></textarea><sluice-upload whole-page>${inner}</sluice-upload>`,
  )
  const base64 = readFileSync(fixture('photos/grey.jpg'), 'base64')
  const paste = (fill: string) =>
    page.evaluate<boolean>(`(() => {
      const clipboardData = new DataTransfer()
      ${fill}
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      return document.querySelector('textarea').dispatchEvent(event)
    })()`)
  expect(await paste(`clipboardData.setData('text/plain', 'words')`)).toBe(true)
  expect(
    await paste(
      `const bytes = Uint8Array.from(atob('${base64}'), c => c.charCodeAt(0))
      clipboardData.items.add(new File([bytes], 'image.jpg'))`,
    ),
  ).toBe(false)
  ;(await request(0)).answer(201, uploaded)
  await row('uploaded').waitFor()
  expect(waiting).toHaveLength(1)
})

test.each([
  ['<html lang="ja">', {}, '画像を選択', 'HTML'],
  ['<html>', { locale: 'es-MX' }, 'Elegir imágenes', 'una página HTML'],
])('speaks the language of the page, else of the browser: %s %j', async (html, options, name, refusal) => {
  await open(`${html}<title>t</title><sluice-upload>${inner}</sluice-upload>`, options)
  await page.getByRole('button', { name }).waitFor()
  await choose('bad/page.gif')
  await row('refused').waitFor()
  expect(await row('refused').textContent()).toContain(refusal)
  expect(waiting.length).toBe(0)
})

test('limits: how many, and how large', async () => {
  await open(`<html lang="en"><title>t</title>
    <sluice-upload max-files="1" policy='{"maxFileBytes":9000,"maxBytes":9000}'>${inner}</sluice-upload>`)
  expect(await page.locator('sluice-upload small').textContent()).toBe('JPEG, PNG, GIF, WebP, up to 9 kB')
  await choose('photos/grey.jpg', 'photos/valley.jpg')
  await page.locator('sluice-upload [role=alert]', { hasText: 'At most 1' }).waitFor()
})

test('a page may take a chosen file itself', async () => {
  await open(`<html lang="en"><title>t</title><sluice-upload>${inner}</sluice-upload>`)
  await page.evaluate(`addEventListener('sluice-chosen', event => {
    if (!event.detail.file.name.startsWith('grey')) return
    event.preventDefault()
    globalThis.taken = event.detail.file.name
  })`)
  await choose('photos/grey.jpg', 'photos/valley.jpg')
  ;(await request(0)).answer(201, uploaded)
  await row('uploaded').waitFor()
  expect(await page.evaluate('taken')).toBe('grey.jpg')
  expect(await page.evaluate(`document.querySelector('sluice-upload').uploads.length`)).toBe(1)
  expect(waiting).toHaveLength(1)
})

test('a refused drop does not lead away from the page, and a send of one’s own is used', async () => {
  await open(`<html lang="en"><title>t</title><sluice-upload crop="3/2">${inner}</sluice-upload>`)
  await page.evaluate(`document.querySelector('sluice-upload').send = async (file, { crop, onProgress }) => {
    onProgress(0.5)
    globalThis.given = [file.name, crop.width / crop.height]
    return ${JSON.stringify(uploaded)}
  }
  0`)
  await choose('photos/valley.jpg')
  await page.locator('[part~=crop-frame]').waitFor()
  await page.keyboard.press('ArrowDown')
  await press(/Use this part/)
  await row('uploaded').waitFor()
  const [name, ratio] = await page.evaluate<[string, number]>('given')
  // 3/2 of a picture of 4/3.
  expect([name, ratio.toFixed(2)]).toEqual(['valley.jpg', (9 / 8).toFixed(2)])
  expect(waiting.length).toBe(0)
})
