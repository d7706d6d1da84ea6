import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleWorker } from './bundle.js'
import { send } from './client.js'
import { pngImage } from './images.js'
import { largePhoto } from './large-photo.js'
import { installPacked } from './packed.js'
import { type Server, workerd } from './servers.js'

let project = ''
let server: Server
beforeAll(async () => {
  project = await installPacked()
  server = await workerd(project, 'measured-worker')
}, 300_000)
afterAll(() => {
  server?.stop()
  rmSync(project, { recursive: true, force: true })
})

const edgeBytes = 96 * 1024 * 1024

async function measured(photo: Uint8Array, type = 'image/jpeg') {
  const { status, text, headers } = await send(server.port, {
    path: '/',
    headers: { 'content-type': type },
    body: photo,
  })
  const wasm = Number(headers['x-wasm-bytes'])
  return { status, answer: JSON.parse(text), wasm, all: wasm + Number(headers['x-buffer-bytes']) }
}

test('the measure sees what is held', async () => {
  const { status, wasm, all } = await measured(pngImage(500, 500), 'image/png')
  expect(status).toBe(201)
  expect(wasm).toBeGreaterThan(500 * 500 * 4)
  expect(all).toBeGreaterThan(wasm)
})

test.each([
  ['12', 4000, 3000, 80],
  ['48', 8000, 6000, 60],
])(
  'a photo of %s megapixels fits into the edge preset, or is refused by its price',
  async (_, width, height, quality) => {
    const photo = await largePhoto(width, height, quality)
    const { status, answer, wasm, all } = await measured(photo)
    console.log(
      `${width} x ${height}, ${photo.length} bytes: ${status}, WASM ${wasm}, with all buffers ${all}`,
    )
    expect(all).toBeLessThan(edgeBytes)
    if (status === 201) expect(answer).toMatchObject({ width: 1600, height: 1200 })
    else expect([status, answer.code]).toEqual([422, 'too-much-memory'])
  },
  120_000,
)

/** What a Worker uploads, minified: Cloudflare counts it gzipped, 3 MB in its free plan. In bytes. */
const budget = { plain: 695_000, gzip: 260_000 }

test('the Worker build stays within its budget of size', async () => {
  const folder = dirname(await bundleWorker(project, 'small-worker', { minify: true }))
  const files = readdirSync(folder).filter(file => /\.(js|wasm)$/.test(file))
  expect(files.length).toBeGreaterThan(3)
  const bytes = files.map(file => readFileSync(join(folder, file)))
  const plain = bytes.reduce((sum, { length }) => sum + length, 0)
  const gzip = bytes.reduce((sum, each) => sum + gzipSync(each, { level: 9 }).length, 0)
  console.log(`Worker build: ${plain} bytes, ${gzip} gzipped`)
  expect(plain).toBeLessThan(budget.plain)
  expect(gzip).toBeLessThan(budget.gzip)
})
