#!/usr/bin/env node
// What hardening costs, as ratios measured side by side in one run: writes measured.json. Needs the built package.
import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import encodeJpeg, { init as initJpeg } from '@jsquash/jpeg/encode.js'
import encodePng, { init as initPng } from '@jsquash/png/encode.js'
import { decodeJpeg, decodePng, decodeWebp, encodeWebp, resize } from '../dist/index.js'
import { MODULES } from './modules.mjs'
import { harden } from './rewrite.mjs'

const ROUNDS = 24
const WIDTH = 3200
const HEIGHT = 2400
const limits = { memoryBytes: 1024 * 2 ** 20, fuel: 1e12 }
const resolve = createRequire(import.meta.url).resolve
const here = name => fileURLToPath(new URL(name, import.meta.url))
const compile = async path => WebAssembly.compile(await readFile(resolve(path)))

/** The mean of the three fastest: what the machine does when nobody disturbs it. */
const best = times =>
  times
    .sort((a, b) => a - b)
    .slice(0, 3)
    .reduce((sum, time) => sum + time / 3, 0)

/** Milliseconds of processor time: others on the machine disturb that less than the clock. */
async function time(work) {
  const started = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** Runs the variants in turn, each first as often as the others. @returns milliseconds of each */
async function race(variants) {
  const times = variants.map(() => [])
  for (let round = 0; round <= ROUNDS; round++)
    for (let i = 0; i < variants.length; i++) {
      const at = (i + round) % variants.length
      const ms = await time(variants[at])
      // The first round warms up.
      if (round > 0) times[at].push(ms)
    }
  return times.map(best)
}

/** The modules of the package with the fuel left out: loaded through a copy of the entry with other bytes. */
async function unmetered(name) {
  const rules = { ...MODULES[name], metered: false }
  const glue = rules.glue && readFileSync(resolve(rules.glue), 'latin1')
  return WebAssembly.compile(harden(readFileSync(resolve(rules.source)), { ...rules, glue }))
}

async function pictures() {
  await initJpeg(await compile('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
  await initPng(await compile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  const source = await decodeJpeg(
    new Uint8Array(readFileSync(here('../../../fixtures/files/photos/valley.jpg'))),
    limits,
  )
  const { pixels } = await resize(source.pixels, source.width, source.height, WIDTH, HEIGHT, limits)
  source.release()
  const data = new Uint8ClampedArray(pixels)
  const image = { data, width: WIDTH, height: HEIGHT, colorSpace: 'srgb' }
  return {
    'jpeg-dec': [decodeJpeg, new Uint8Array(await encodeJpeg(image, { progressive: false }))],
    png: [decodePng, new Uint8Array(await encodePng(image))],
    'webp-dec': [
      decodeWebp,
      (await encodeWebp(pixels, WIDTH, HEIGHT, { quality: 80, effort: 2 }, limits)).bytes,
    ],
  }
}

const modules = {}
for (const [name, [decode, bytes]] of Object.entries(await pictures())) {
  const plainModule = await unmetered(name)
  // `decode` takes whichever module WebAssembly.Instance is given.
  const Instance = WebAssembly.Instance
  const plain = async () => {
    WebAssembly.Instance = new Proxy(Instance, {
      construct: (target, [, imports]) => new target(plainModule, imports),
    })
    try {
      ;(await decode(bytes, limits)).release()
    } finally {
      WebAssembly.Instance = Instance
    }
  }
  const metered = async () => (await decode(bytes, limits)).release()
  const [plainMs, meteredMs] = await race([plain, metered])
  const decoded = await decode(bytes, limits)
  const restMs = await time(async () => {
    const small = await resize(decoded.pixels, WIDTH, HEIGHT, 1600, 1200, limits)
    await encodeWebp(small.pixels, 1600, 1200, { quality: 82, effort: 6 }, limits)
  })
  decoded.release()
  const size = readFileSync(resolve(MODULES[name].source)).length
  modules[name] = {
    size: ratio(readFileSync(here(`../dist/wasm/${name}.wasm`)).length / size),
    decode: ratio(meteredMs / plainMs),
    road: ratio((meteredMs + restMs) / (plainMs + restMs)),
  }
}

function ratio(value) {
  return Math.round(value * 1000) / 1000
}

/** A memory as a 12-megapixel picture needs it, every page touched. */
const MiB = 2 ** 20
const touch = memory => {
  const bytes = new Uint8Array(memory.buffer)
  for (let at = 0; at < bytes.length; at += 4096) bytes[at] = 1
}
const kept = new WebAssembly.Memory({ initial: 64 * 16, maximum: 512 * 16 })
const [fresh, again] = await race([
  () => touch(new WebAssembly.Memory({ initial: 64 * 16, maximum: 512 * 16 })),
  () => {
    new Uint8Array(kept.buffer).fill(0)
    touch(kept)
  },
])

const result = {
  machine: `${cpus()[0]?.model}, ${cpus().length} threads, Node ${process.version}`,
  picture: `${WIDTH}x${HEIGHT}, fixtures/files/photos/valley.jpg enlarged`,
  modules,
  memory: { bytes: 64 * MiB, clearedToNew: ratio(again / fresh) },
}
writeFileSync(here('measured.json'), `${JSON.stringify(result, null, 2)}\n`)
console.log(JSON.stringify(result, null, 2))
