import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isShown, withPage } from './browser.mjs'
import { clamdTrial } from './clamd.mjs'
import { queueTrial } from './queue.mjs'
import { root, start } from './start.mjs'

const photo = join(root, 'fixtures/files/orientation/exif-6.jpg')
const refusal = /PDF document/

/** Sends a form as a browser on the own page would. */
export function post(base, bytes, headers = {}) {
  const body = new FormData()
  body.append('image', new Blob([bytes]), 'photo.jpg')
  return fetch(`${base}/images`, {
    method: 'POST',
    body,
    headers: { origin: base, ...headers },
    redirect: 'manual',
  })
}

/** Builds and starts import the modules of a server. */
function nothingIsMade({ folder }) {
  for (const made of ['uploads', '.uploads-incoming'])
    assert.ok(!existsSync(join(folder, made)), `${made} was made before the first request`)
}

/** What every example does: a photo is stored and served, anything else refused with a sentence. */
export async function overHttp({ base, folder }) {
  nothingIsMade({ folder })
  const stored = await post(base, readFileSync(photo))
  const text = await stored.text()
  assert.equal(stored.status, 201, text)
  const { url, width, height } = JSON.parse(text)
  assert.deepEqual([width, height], [240, 160])
  assert.equal(stored.headers.get('location'), url)
  const served = await fetch(new URL(url, base))
  assert.deepEqual([served.status, served.headers.get('content-type')], [200, 'image/webp'])
  assert.equal(
    Buffer.from(await served.arrayBuffer())
      .subarray(8, 12)
      .toString(),
    'WEBP',
  )
  const refused = await post(base, '%PDF-1.7')
  assert.equal(refused.status, 415)
  assert.match(refused.headers.get('content-type'), /^application\/problem\+json/)
  assert.match((await refused.json()).title, refusal)
}

/** A document, where a file is wanted on the disk. */
async function withDocument(use) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-document-'))
  const path = join(folder, 'photo.jpg')
  writeFileSync(path, '%PDF-1.7')
  try {
    await use(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Chooses a photo and sees it, chooses a document and reads why not. */
async function inBrowser(
  url,
  { input = '#file', image = '#image', note = '#note', says = refusal, submit, options },
) {
  for (const wanted of ['photo', 'document'])
    await withPage(
      url,
      async page => {
        const choose = async path => {
          await page.setInputFiles(input, path)
          if (submit) await page.click(submit)
        }
        if (wanted === 'photo') {
          await choose(photo)
          if (image) await page.waitForFunction(isShown(image))
          else await page.locator(note, { hasText: /Stored/ }).waitFor()
        } else
          await withDocument(async path => {
            await choose(path)
            await page.locator(note, { hasText: says }).first().waitFor()
          })
      },
      options,
    )
}

const page = async example => {
  await overHttp(example)
  await inBrowser(example.base, {})
}

/** @type {Readonly<Record<string, (example: { base: string, folder: string }) => Promise<void>>>} */
const trials = {
  async express(example) {
    await overHttp(example)
    await inBrowser(example.base, { image: '.stored img', note: '.refused' })
  },
  async fastify(example) {
    await page(example)
    const headers = { 'content-type': 'application/json' }
    const echoed = await fetch(`${example.base}/echo`, { method: 'POST', headers, body: '{"a":1}' })
    assert.deepEqual(await echoed.json(), { a: 1 })
  },
  async 'plain-form'(example) {
    nothingIsMade(example)
    const note = { image: null, submit: 'button', says: /Please send a JPEG/ }
    await inBrowser(example.base, { ...note, options: { javaScriptEnabled: false } })
    const { status, headers } = await post(example.base, '%PDF-1.7', { accept: 'text/html' })
    assert.deepEqual([status, headers.get('location')], [303, '/?upload=format-not-allowed'])
  },
  async frontends(example) {
    await overHttp(example)
    const at = path => `${example.base}/${path}`
    await inBrowser(at('uppy'), { input: 'input[type=file]', note: '.uppy-Informer' })
    await inBrowser(at('filepond'), { input: 'input[type=file]', note: '.filepond--file-status-main' })
    await inBrowser(at('dropzone'), { input: 'input[type=file]', note: '[data-dz-errormessage]' })
    await inBrowser(at('react-dropzone'), { input: 'input[type=file]', note: '[role=status]' })
  },
}

/**
 * Installs, starts and tries one example.
 * @param {string} name
 * @throws where anything is not as its README says
 */
export async function tryExample(name) {
  if (name === 'clamd') return clamdTrial()
  if (name === 'queue') return queueTrial(example => inBrowser(example.base, {}))
  const example = await start(name)
  try {
    await (trials[name] ?? page)(example)
  } finally {
    example.stop()
  }
}
