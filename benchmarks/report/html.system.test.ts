import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { htmlReport } from './html.mjs'
import { madeUp, madeUpPictures } from './result.fixture.js'

// Of Debian's package chromium-headless-shell.
const executablePath = '/usr/bin/chromium-headless-shell'
const { chromium } = createRequire(new URL('../../test/runtimes/package.json', import.meta.url))(
  'playwright-core',
)

test('the report opens from disk in Chromium, with its charts and pictures, and asks for nothing', async () => {
  expect(existsSync(executablePath), `${executablePath} is missing`).toBe(true)
  const folder = await mkdtemp(join(tmpdir(), 'report-'))
  const file = join(folder, 'report.html')
  const address = pathToFileURL(file).href
  await writeFile(file, htmlReport(madeUp(), madeUpPictures))
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const wrong: string[] = []
    const requests: string[] = []
    page.on('console', (message: { text(): string }) => wrong.push(message.text()))
    page.on('pageerror', (error: Error) => wrong.push(String(error)))
    page.on('request', (request: { url(): string }) => requests.push(request.url()))
    await page.goto(address)
    const found = await page.evaluate(`({
      headings: [...document.querySelectorAll('h2')].map(each => each.textContent),
      charts: [...document.querySelectorAll('svg')].map(each => ({
        height: each.getBoundingClientRect().height,
        shapes: each.querySelectorAll('path').length,
        texts: each.querySelectorAll('text').length,
      })),
      pictures: [...document.images].map(each => each.naturalWidth),
      tables: document.querySelectorAll('table').length,
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
    // Two of latency, two that grow, stages, memory, throughput, cold start.
    expect(found.charts).toHaveLength(8)
    for (const { height, shapes, texts } of found.charts) {
      expect(height).toBeGreaterThan(70)
      expect(shapes).toBeGreaterThan(3)
      expect(texts).toBeGreaterThan(2)
    }
    expect(found.pictures).toEqual([1, 1])
    expect(found.tables).toBeGreaterThanOrEqual(6)
  } finally {
    await browser.close()
    await rm(folder, { recursive: true })
  }
})
