import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Browser, launchBrowser } from '@sluice/testkit/browser'
import { makePng } from '@sluice/testkit/images/png'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../../packages/cli/test/capture.js'
import { keyOf, put, tinyGif } from '../../packages/cli/test/library.js'
import { lookAt } from './look-at.js'

/** What an audit writes, as a person sees it. */
const pictures = fileURLToPath(new URL('../../build/audit/', import.meta.url))

let home = ''
let browser: Browser
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-audit-page-'))
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  rmSync(home, { recursive: true })
})

const uploads = () => join(home, 'uploads')

async function audited(page: string, ...more: string[]) {
  const { exitCode } = await capture(['audit', uploads(), '--html', page, ...more])
  return exitCode
}

async function look(path: string, name: string) {
  const page = await browser.newPage()
  const noise: string[] = []
  page.on('console', message => noise.push(message.text()))
  const address = pathToFileURL(path).href
  const problems = await lookAt(page, () => page.goto(address), pictures + name)
  await page.close()
  return [...problems, ...noise]
}

test('a page of an audit is fit for phones, for the dark and for screen readers, with findings and without', async () => {
  const old = join(home, 'old')
  mkdirSync(old)
  for (let number = 0; number < 12; number++)
    writeFileSync(join(old, `${number}.png`), makePng(60 + number * 90, 50 + number * 40, number))
  const photo = new URL('../../fixtures/files/photos/valley.jpg', import.meta.url)
  writeFileSync(join(old, 'photo.jpg'), readFileSync(photo))
  expect((await capture(['import', old, '--to', uploads(), '--map', join(home, 'map.jsonl')])).exitCode).toBe(
    0,
  )
  for (let number = 0; number < 40; number++)
    put(uploads(), keyOf(`20260${1 + (number % 9)}`, number), tinyGif(number))
  const calm = join(home, 'calm.html')
  expect(await audited(calm)).toBe(0)
  expect(await look(calm, 'calm')).toEqual([])

  put(uploads(), '202603/shell.php', '<?php system($_GET["c"]);')
  put(uploads(), `202604/${'a very long name that somebody has given '.repeat(4)}.webp`, 'x')
  put(uploads(), keyOf('202605', 900, '.webp'), readFileSync(photo))
  put(uploads(), keyOf('202606', 901), '')
  put(uploads(), keyOf('202912', 902), tinyGif(902))
  put(uploads(), keyOf('202607', 903, '-thumb.gif'), tinyGif(903))
  for (let number = 0; number < 9; number++) put(uploads(), keyOf('202608', 910 + number), tinyGif(5))
  symlinkSync('/etc/passwd', join(uploads(), '202601', 'link.webp'))
  const log = join(home, 'uploads.jsonl')
  const events = [
    ...Array(30).fill({ event: 'upload.accepted' }),
    ...Array(7).fill({ event: 'upload.refused', code: 'truncated' }),
    ...Array(3).fill({ event: 'upload.refused', code: 'format-not-allowed' }),
  ]
  writeFileSync(log, events.map(event => `${JSON.stringify(event)}\n`).join(''))
  const found = join(home, 'found.html')
  expect(await audited(found, '--log', log)).toBe(1)
  expect(readFileSync(found, 'utf8')).toContain('40 uploads in the log')
  expect(await look(found, 'found')).toEqual([])
}, 120_000)
