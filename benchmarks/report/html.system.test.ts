import { mkdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { floodRows } from './flood.fixture.js'
import { floodPage } from './flood.mjs'
import { htmlReport } from './html.mjs'
import { madeUp, madeUpPictures } from './result.fixture.js'

const shots = fileURLToPath(new URL('../../build/screenshots/reports/', import.meta.url))
let folder: string
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'))
  browser = await launchBrowser()
  mkdirSync(shots, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

/** Opens a report from disk. */
async function open(
  html: string,
): Promise<{ page: Page; address: string; wrong: string[]; requests: string[] }> {
  const file = join(folder, 'report.html')
  const address = pathToFileURL(file).href
  await writeFile(file, html)
  const page = await browser.newPage()
  const wrong: string[] = []
  const requests: string[] = []
  page.on('console', message => wrong.push(message.text()))
  page.on('pageerror', error => wrong.push(String(error)))
  page.on('request', request => requests.push(request.url()))
  await page.goto(address)
  return { page, address, wrong, requests }
}

test('the report opens from disk in Chromium, with its charts and pictures, and asks for nothing', async () => {
  const { page, address, wrong, requests } = await open(htmlReport(madeUp(), madeUpPictures))
  const found = await page.evaluate<{
    headings: string[]
    charts: { height: number; shapes: number; texts: number }[]
    bars: number[]
    refusals: string[]
    pictures: number[]
  }>(`({
    headings: [...document.querySelectorAll('h2')].map(each => each.textContent),
    charts: [...document.querySelectorAll('svg')].map(each => ({
      height: each.getBoundingClientRect().height,
      shapes: each.querySelectorAll('path').length,
      texts: each.querySelectorAll('text').length,
    })),
    bars: [...document.querySelectorAll('.bars')].map(each => each.querySelectorAll('i').length),
    refusals: [...document.querySelectorAll('.matrix td[class]')].map(each => each.className),
    pictures: [...document.images].map(each => each.naturalWidth),
  })`)
  expect(wrong).toEqual([])
  expect(requests.filter(url => !url.startsWith('data:'))).toEqual([address])
  expect(found.headings).toEqual([
    'Sluice against sharp',
    'One image',
    'As pictures grow',
    'Where the time goes',
    'Peak memory',
    'Throughput, all cores',
    'First image of a new process',
    'Cost of the sandbox',
    'Files that must be refused',
    'Quality against the lossless resize',
  ])
  // Two that grow, and one of quality over time.
  expect(found.charts).toHaveLength(3)
  for (const { height, shapes, texts } of found.charts) {
    expect(height).toBeGreaterThan(70)
    expect(shapes).toBeGreaterThan(3)
    expect(texts).toBeGreaterThan(2)
  }
  // Ratios, latency of two, memory, throughput, cold start; nobody pays for the sandbox here.
  expect(found.bars).toEqual([4, 2, 1, 2, 2, 3, 0])
  expect(found.refusals).toEqual(['yes', 'no'])
  expect(found.pictures).toEqual([1, 1])
  await page.close()
})

const stored = async () =>
  JSON.parse(await readFile(new URL('../results/full.json', import.meta.url), 'utf8'))

test.each([
  ['bench', async () => htmlReport(await stored())],
  ['flood', async () => floodPage(floodRows())],
])(
  '%s: nothing scrolls sideways, light and dark, and a picture of it is kept',
  async (name, make) => {
    const { page } = await open(await make())
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBe(width)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true })
      }
    }
    await page.close()
  },
  30_000,
)
