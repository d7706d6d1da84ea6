// The reported pictures and their neighbours, before and after, as Chromium draws both: sheets to look at.
//
//   node benchmarks/gallery/reported.mjs     writes benchmarks/gallery/out/reported-1.png and so on
//
// Needs Debian's chromium-headless-shell and libjpeg-turbo-progs, and the cases beside the repository.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kernelRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { definePolicy, formatTable, sanitize, sniffFormat, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { findCases } from '@sluice/testkit/find-corpus'
import { neighbours } from '@sluice/testkit/images/neighbours'

const requireRival = createRequire(new URL('../rivals/package.json', import.meta.url))
const requireRuntime = createRequire(new URL('../../test/runtimes/package.json', import.meta.url))
const out = new URL('out/', import.meta.url)
/** Pictures on a sheet, in columns of pairs. */
const [perSheet, columns] = [18, 3]

const policy = definePolicy({ extensions: ['jpg', 'png', 'gif', 'webp', 'avif'], timeMs: 120_000 })
const renderer = kernelRenderer({ codecs: [avif()] })

const home = findCases()
if (home === undefined) throw new Error('the cases are not here')
const folder = join(home, 'pictures')
const reported = await Promise.all(
  (await readdir(folder)).sort().map(async name => [name, await readFile(join(folder, name))]),
)
const files = /** @type {[string, Uint8Array][]} */ ([
  ...reported,
  ...Object.entries(await neighbours(requireRival('sharp'))),
])

/** @param {Uint8Array} input */
async function draw(input) {
  const store = memoryStore()
  try {
    const { key, notes } = await sanitize({ body: input }, { policy, renderer, store })
    return {
      bytes: (await store.get(key)) ?? new Uint8Array(),
      notes: notes.map(({ code }) => code).join(', '),
    }
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) throw thrown
    return { bytes: undefined, notes: `refused: ${thrown.code}` }
  }
}

/** @param {Uint8Array | undefined} bytes */
function show(bytes) {
  const format = bytes && sniffFormat(bytes)
  if (!bytes || !format) return '<i>none</i>'
  return `<img src="data:${formatTable[format].type};base64,${Buffer.from(bytes).toString('base64')}">`
}

/** @param {string} text */
const quote = text => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)

const style = `body { font: 11px sans-serif; margin: 8px; display: grid; gap: 6px; grid-template-columns: repeat(${columns}, 1fr) }
  figure { margin: 0; border: 1px solid #999; padding: 3px } div { display: flex; gap: 4px; height: 170px }
  div > span { flex: 1; display: flex; align-items: center; justify-content: center; min-width: 0;
    background: repeating-conic-gradient(#ddd 0 25%, #fff 0 50%) 0 0 / 16px 16px }
  img { max-width: 100%; max-height: 170px; min-width: 90px; image-rendering: pixelated } small { color: #555 }`

const browser = await requireRuntime('playwright-core').chromium.launch({
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox'],
})
await mkdir(out, { recursive: true })
const page = await browser.newPage({ viewport: { width: 1500, height: 800 } })
for (let at = 0; at < files.length; at += perSheet) {
  const figures = []
  for (const [name, input] of files.slice(at, at + perSheet)) {
    const { bytes, notes } = await draw(new Uint8Array(input))
    const pair = [input, bytes].map(each => `<span>${show(each)}</span>`).join('')
    figures.push(
      `<figure><b>${quote(name)}</b><div>${pair}</div><small>${quote(notes)}&nbsp;</small></figure>`,
    )
  }
  await page.setContent(`<!doctype html><style>${style}</style>${figures.join('')}`)
  await page.evaluate('Promise.all([...document.images].map(each => each.decode().catch(() => {})))')
  const path = fileURLToPath(new URL(`reported-${1 + at / perSheet}.png`, out))
  await page.screenshot({ path, fullPage: true })
  console.log(path)
}
await browser.close()
console.log(`${files.length} pictures, before at the left, after at the right`)
