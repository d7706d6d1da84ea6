// Input, our output and sharp's side by side, for people to look at.
//
//   pnpm gallery              writes benchmarks/gallery/out/index.html, which opens from disk
//   pnpm gallery colour shape draws these kinds again and keeps the rest
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases as corpusCases, corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import { openReference } from '../lib/reference.mjs'
import { cases, standIns } from './cases.mjs'
import { look, ours, sharps } from './draw.mjs'
import { ssimOf, worstPlace } from './judge.mjs'
import { page } from './page.mjs'

/** @import { GalleryRow, Looked, Picture, Shown, Size } from '../types.js' */

/** @typedef {import('@sluice/testkit/corpus').Case} Case */

const out = new URL('out/', import.meta.url)
const fixtures = new URL('../../fixtures/files/', import.meta.url)
const entries = new Map(corpusCases.map(entry => [entry.file, entry]))

/**
 * @returns {Generator<{ kind: string, what: string, name: string, path: string, entry?: Case | undefined }>}
 */
function* chosen() {
  const lists = corpusIsHere ? [cases] : [cases, standIns]
  for (const list of lists) {
    for (const [kind, files] of Object.entries(list)) {
      for (const [file, what] of files) {
        if (file.startsWith('fixtures/'))
          yield { kind, what, name: file, path: fileURLToPath(new URL(file.slice(9), fixtures)) }
        else if (corpusIsHere) {
          if (!entries.has(file)) throw new Error(`${file} is not in the corpus`)
          yield { kind, what, name: file, path: pathOf({ file }), entry: entries.get(file) }
        }
      }
    }
  }
}

/**
 * The corpus has up to three thumbs of a file; without it, the reference gives one.
 * @param {Case | undefined} entry @param {Picture | undefined} reference
 * @returns {(readonly [name: string, thumb: Uint8Array])[]}
 */
function thumbsOf(entry, reference) {
  const named = { plain: entry?.thumb8, sRGB: entry?.srgb_thumb8, WebP: entry?.out_thumb8 }
  const known = Object.entries(named).flatMap(([name, hex]) =>
    hex ? [/** @type {const} */ ([name, thumbOf(hex)])] : [],
  )
  if (known.length > 0) return known
  return reference ? [['Pillow', thumb8({ ...reference, pixels: reference.rgba })]] : []
}

/**
 * @param {Awaited<ReturnType<typeof ours>>} drawn @param {string} id @param {string} path
 * @param {Case | undefined} entry
 * @returns {Promise<Shown>}
 */
async function judged(drawn, id, path, entry) {
  if (drawn.refused !== undefined) return drawn
  const { rgba, ...seen } = await look(drawn.bytes)
  const picture = { ...seen, rgba }
  const reference = await at(path, picture)
  const file = `${id}.${seen.format}`
  await writeFile(new URL(file, out), drawn.bytes)
  const thumb = thumb8({ ...picture, pixels: picture.rgba })
  return {
    ...seen,
    file,
    bytes: drawn.bytes.length,
    distances: thumbsOf(entry, reference).map(
      ([name, other]) => /** @type {const} */ ([name, Math.round(thumbDistance(thumb, other))]),
    ),
    ssim: reference && ssimOf(reference, picture),
    worst: reference ? worstPlace(reference, picture) : { x: 0, y: 0 },
  }
}

const reference = openReference()
/** @type {{ path?: string, width?: number, height?: number, drawn?: Promise<Picture | undefined> }} */
let latest = {}
/**
 * Undefined where Pillow cannot draw it. Both contenders mostly make the same size: it is drawn once.
 * @param {string} path @param {Size} size
 * @returns {Promise<Picture | undefined>}
 */
function at(path, { width, height }) {
  if (latest.path !== path || latest.width !== width || latest.height !== height) {
    latest = { path, width, height, drawn: reference.at(path, { width, height }).catch(() => undefined) }
  }
  return latest.drawn ?? Promise.resolve(undefined)
}

const kinds = process.argv.slice(2)
const stored = new URL('rows.json', out)
if (kinds.length === 0) await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
if (!corpusIsHere) console.log('Without the corpus: fixtures alone.')
/** @type {GalleryRow[]} */
const before = existsSync(stored) ? JSON.parse(await readFile(stored, 'utf8')) : []
/** @type {GalleryRow[]} */
const rows = []
for (const { kind, what, name, path, entry } of chosen()) {
  const known = before.find(row => row.name === name)
  if (known && !kinds.includes(kind)) {
    rows.push({ ...known, kind, what })
    continue
  }
  const bytes = new Uint8Array(await readFile(path))
  const id = String(rows.length + 1).padStart(2, '0')
  const input = { file: `${id}-input${extname(path)}`, bytes: bytes.length }
  await writeFile(new URL(input.file, out), bytes)
  const { rgba, ...seen } = await look(bytes).catch(() => /** @type {Partial<Looked & Picture>} */ ({}))
  const row = {
    kind,
    what,
    name,
    input: { ...input, ...seen },
    ours: await judged(await ours(bytes, basename(path)), `${id}-ours`, path, entry),
    sharp: await judged(await sharps(bytes), `${id}-sharp`, path, entry),
  }
  rows.push(row)
  console.log(`${id} ${kind} ${basename(name)}: ours ${tell(row.ours)}; sharp ${tell(row.sharp)}`)
}
reference.close()
await writeFile(stored, JSON.stringify(rows))
await writeFile(new URL('index.html', out), await page(rows, corpusIsHere))
console.log(`${rows.length} cases: ${fileURLToPath(new URL('index.html', out))}`)

/** @param {Shown} shown */
function tell(shown) {
  if (shown.refused !== undefined) return shown.refused
  const distances = (shown.distances ?? []).map(one => one.join(' ')).join(', ')
  return `${shown.bytes} bytes, ssim ${shown.ssim?.toFixed(4) ?? '-'}, ${distances}`
}
