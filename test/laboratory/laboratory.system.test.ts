import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { kernelRenderer } from '@sluice/codecs'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mount } from '../../examples/laboratory/mount.mjs'
import { placeOf, samples } from '../../examples/laboratory/samples/list.mjs'
import { serve } from '../../scripts/serve.mjs'
import { lookAt } from '../browser/look-at.js'

const laboratory = fileURLToPath(new URL('../../examples/laboratory/', import.meta.url))
const pictures = fileURLToPath(new URL('../../build/laboratory/', import.meta.url))

let browser: Browser
let server: Awaited<ReturnType<typeof serve>>
let page: Page
/** What should not be there: messages, errors, requests to elsewhere. */
let noise: string[] = []

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: laboratory })
  server = await serve([mount()], { port: 0, say: () => {} })
  browser = await launchBrowser()
}, 120_000)
beforeEach(async () => {
  page = await browser.newPage()
  noise = []
  page.on('console', message => noise.push(message.text()))
  page.on('pageerror', error => noise.push(String(error)))
  page.on('request', request => {
    if (!/^(?:blob:|data:|file:)/.test(request.url()) && !request.url().startsWith(server.url))
      noise.push(request.url())
  })
})
afterEach(async () => {
  await page.close()
  expect(noise).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const fromServer = () => `${server.url}/laboratory/`
const fromDisk = () => new URL('../../examples/laboratory/dist/index.html', import.meta.url).href

/** Opens the page with a sample, and waits until all is said of it. */
async function open(address: string, sample?: string, settings?: object): Promise<void> {
  const fragment = new URLSearchParams({
    ...(sample && { sample }),
    ...(settings && { policy: JSON.stringify(settings) }),
  })
  await page.goto('about:blank')
  await page.goto(`${address}#${fragment}`)
  await (sample ? isDone() : page.waitForSelector('.welcome'))
}

/** By selectors alone: to wait for a function is to evaluate a string, which the policy of the page forbids. */
const isDone = () => page.waitForSelector('.refused, .numbers:not(:has-text("comparing"))')

/** What became of the file: a hash, or the code of a refusal. */
const outcome = () =>
  page.evaluate<string>(
    `document.querySelector('[data-hash=here]')?.textContent ?? document.querySelector('.refused code').textContent`,
  )

/** The same, by the sources of the packages in Node. */
async function inNode(id: string): Promise<string> {
  const sample = samples.find(each => each.id === id)
  if (!sample) throw new Error(`no sample ${id}`)
  const body = new Uint8Array(readFileSync(placeOf(sample)))
  try {
    const kit = { policy: definePolicy(), renderer: kernelRenderer(), store: memoryStore() }
    return (await sanitize({ body, name: sample.name }, kit)).sha256
  } catch (thrown) {
    if (thrown instanceof UploadError) return thrown.code
    throw thrown
  }
}

const twelve = [
  ...['photo', 'screenshot', 'animation', 'portrait', 'alpha-webp', 'deep'],
  ...['turned-webp', 'endless', 'bomb', 'archive-behind', 'loop', 'php'],
]

test.each(['disk', 'server'])(
  'from a %s, twelve files become what they become in Node',
  async place => {
    for (const id of twelve) {
      await open(place === 'disk' ? fromDisk() : fromServer(), id)
      expect([id, await outcome()]).toEqual([id, await inNode(id)])
      expect(await page.textContent('.hashes, .refused'), id).toMatch(/the same/)
    }
  },
  60_000,
)

test('all forty are there, and none is called by two names', async () => {
  expect(samples).toHaveLength(40)
  expect(new Set(samples.map(({ id }) => id)).size).toBe(40)
  await open(fromDisk())
  expect(await page.evaluate(`document.querySelectorAll('#all-samples button').length`)).toBe(40)
})

test('stages, what is carried, and what is behind the end are told', async () => {
  await open(fromServer(), 'photo')
  const stages = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.stages li')].map(each => each.dataset.state + ' ' + each.querySelector('b').textContent)`,
  )
  const all = ['admit', 'sniff', 'probe', 'decode', 'turn', 'resize', 'encode', 'verify']
  expect(stages).toEqual(all.map(name => `done ${name}`))
  const gone = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.gone')].map(each => each.textContent)`,
  )
  expect(gone).toEqual(
    expect.arrayContaining([
      'Nobody Phone 9',
      '2026-08-14 19:03:27',
      '43.20857, 30.12003',
      expect.stringMatching(/^57\sbytes: an HTML page$/),
    ]),
  )
  expect(await page.textContent('.numbers')).toMatch(/SSIM 0\.9\d\d/)
  expect(await page.textContent('[role=status]')).toMatch(/IMG_2043\.jpg became a webp of 1600 by 1200/)
})

test('a refusal says where, why, what it cost and which setting decides', async () => {
  await open(fromServer(), 'bomb')
  const refusal = await page.textContent('.card.refused')
  expect(refusal).toMatch(/Refused at probe: too-many-pixels/)
  expect(refusal).toMatch(/10000 x 10000 pixels; at most 64 megapixels/)
  expect(refusal).toMatch(/no pixel was made/)
  expect(await page.evaluate(`document.querySelectorAll('img').length`)).toBe(0)
  await page.evaluate(`document.querySelector('.refused .link').click()`)
  expect(await page.evaluate('document.activeElement.id')).toBe('policy-maxPixels')
})

test('a link keeps the policy, a wrong one is told and changes nothing', async () => {
  await open(fromServer(), 'photo', { output: { maxWidth: 320, maxHeight: 320 } })
  expect(await page.textContent('.after-tag')).toContain('320 x 240')
  expect(await page.textContent('.hashes')).toContain('asked with the default policy')
  await page.evaluate(`document.querySelector('details').open = true`)
  const type = (text: string) =>
    page.evaluate(
      `(() => { const area = document.querySelector('#policy-json'); area.value = ${JSON.stringify(text)}; area.dispatchEvent(new Event('change', { bubbles: true })) })()`,
    )
  await type('{ "maxPixel": 1 }')
  await page.waitForSelector('#policy-problem:has-text("did you mean maxPixels")')
  await type('{ "maxPixels": 1000 }')
  await page.waitForSelector('.refused')
  expect(await page.evaluate('new URLSearchParams(location.hash.slice(1)).get("policy")')).toBe(
    '{"maxPixels":1000}',
  )
  await open(fromServer(), 'photo', { nonsense: true })
  expect(await outcome()).toBe(await inNode('photo'))
})

test('a file of the visitor is drawn, and one that is no picture refused', async () => {
  await open(fromDisk())
  const send = (name: string, buffer: Buffer) =>
    page.setInputFiles('input[type=file]', { name, mimeType: 'image/jpeg', buffer })
  await send('mine.jpg', readFileSync(new URL('../../fixtures/files/photos/grey.jpg', import.meta.url)))
  await isDone()
  expect([await outcome(), await page.textContent('.hashes')]).toEqual([
    await inNode('grey'),
    expect.stringContaining('npx sluice sanitize mine.jpg'),
  ])
  await send('mine.jpg', Buffer.from('%PDF-1.7'))
  await page.waitForSelector('.refused')
  expect(await outcome()).toBe('format-not-allowed')
  for (const [event, data] of [
    ['DragEvent', 'dataTransfer'],
    ['ClipboardEvent', 'clipboardData'],
  ] as const) {
    await page.evaluate(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['GIF89a'], '${event}.gif'))
      const name = '${event}' === 'DragEvent' ? 'drop' : 'paste'
      document.body.dispatchEvent(new ${event}(name, { ${data}: transfer, bubbles: true, cancelable: true }))
    })()`)
    await page.waitForSelector(`.stages:has-text("${event}.gif")`)
    await page.waitForSelector('.refused:has-text("truncated")')
  }
})

test('by keyboard alone: a sample, the divider, the magnifier, the policy', async () => {
  await open(fromServer())
  const focused = () =>
    page.evaluate<string>(
      `document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent`,
    )
  /** Presses Tab until something has the focus. */
  async function tabTo(what: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if (what.test(await focused())) return
    }
    throw new Error(`${what} is not reached`)
  }
  await tabTo(/^phone photo$/)
  await page.keyboard.press('Enter')
  await isDone()
  expect(await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid')
  await tabTo(/^Divide before and after$/)
  await page.keyboard.press('End')
  expect(
    await page.evaluate(`getComputedStyle(document.querySelector('.frame')).getPropertyValue('--split')`),
  ).toBe('100%')
  await tabTo(/^Magnifier$/)
  await page.keyboard.press('Space')
  await page.waitForSelector('.lens')
  await page.evaluate(`document.querySelector('.lens-field').focus()`)
  await page.keyboard.press('ArrowRight')
  await page.waitForSelector('.lens-field:has-text("around 832, 600")')
  await tabTo(/^policy-output-quality$/)
  await page.keyboard.press('Home')
  await page.waitForSelector('.hashes:has-text("asked with the default policy")')
  expect(await page.evaluate('decodeURIComponent(location.hash)')).toContain('"quality":0')
})

const states: readonly (readonly [name: string, sample?: string])[] = [
  ['empty'],
  ['photo', 'photo'],
  ['refused', 'bomb'],
  ['animation', 'animation'],
  ['magnified', 'portrait'],
]

describe.each(states)('%s', (name, sample) => {
  test('axe finds nothing serious, nothing scrolls sideways, and a picture of it is kept', async () => {
    async function openIt(): Promise<void> {
      await open(fromDisk(), sample)
      if (name === 'magnified') {
        await page.evaluate(`document.querySelector('.tools button').click()`)
        await page.waitForSelector('.lens')
      }
      if (name === 'empty')
        await page.evaluate(`document.querySelector('[aria-controls=all-samples]').click()`)
    }
    expect(await lookAt(page, openIt, pictures + name)).toEqual([])
  }, 60_000)
})

test('the page weighs less than 900 kB with all codecs and samples, and less than 450 packed', () => {
  const files = readdirSync(`${laboratory}dist`).map(file => readFileSync(`${laboratory}dist/${file}`))
  expect(files).toHaveLength(4)
  const sum = (sizes: readonly number[]) => sizes.reduce((one, other) => one + other, 0)
  expect(sum(files.map(({ length }) => length))).toBeLessThan(900_000)
  expect(sum(files.map(file => gzipSync(file, { level: 9 }).length))).toBeLessThan(450_000)
})
