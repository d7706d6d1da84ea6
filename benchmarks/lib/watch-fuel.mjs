// What the metered modules use of the fuel that they are given, seen from outside: this process puts itself
// between the sandbox and its instances, so that the product needs no hook for it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { TimeBudget } from '@sluice/sandbox'

/**
 * One instance: what its tank was filled with, what it used, the processor's time in its functions.
 * @typedef {{ module: string, filled: number, used: number, ms: number }} Run
 */

/** Fuel, and the milliseconds charged for it. @typedef {{ module: string, fuel: number, ms: number }} Charge */

/**
 * What one drawing took.
 * @typedef {object} Drawing
 * @property {Run[]} runs
 * @property {Charge[]} charges
 * @property {number} frameMs charged without fuel: what encoders of animations do for each frame
 * @property {number} chargedMs all that was taken off the policy's `timeMs`
 * @property {number} ms of the processor
 */

/** @typedef {{ run: Run, fuel: WebAssembly.Global }} Watched */

const folder = new URL('../../packages/codecs/dist/wasm/', import.meta.url)
/**
 * Some modules serve several prices; the function that is called says which.
 * @type {Readonly<Record<string, ReadonlyMap<string, string>>>}
 */
const jobs = {
  kernel: new Map([
    ['decodeJpeg', 'kernel.jpeg'],
    ['openPng', 'kernel.png'],
    // Profiles of PNGs: at the price of their data.
    ['inflateZlib', 'kernel.png'],
    ['openGif', 'kernel.gif'],
    ['openWebp', 'kernel.webp'],
    ['openResize', 'kernel.resize'],
  ]),
  encoder: new Map([
    ['begin', 'encoder.lossy'],
    ['openLossless', 'encoder.lossless'],
  ]),
}

/** @param {Uint8Array} bytes */
const hashOf = bytes => createHash('sha256').update(bytes).digest('hex')
const names = new Map(
  readdirSync(folder)
    .filter(name => name.endsWith('.wasm'))
    .map(name => [hashOf(readFileSync(new URL(name, folder))), name.replace('.wasm', '')]),
)
/** @type {WeakMap<WebAssembly.Module, string>} */
const nameOf = new WeakMap()
/** @type {Watched[]} */
let watched = []
/** @type {Drawing} */
let drawing = { runs: [], charges: [], frameMs: 0, chargedMs: 0, ms: 0 }

/**
 * Of the processor, on whatever else the machine is busy with. Take `node --single-threaded`: all threads
 * count.
 */
export function processorMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** From now on, in this process. Modules must not be compiled yet. */
export function watchFuel() {
  const { compile, Instance, Global } = WebAssembly
  const value = Object.getOwnPropertyDescriptor(Global.prototype, 'value')
  const charge = TimeBudget.prototype.charge
  if (!value?.get || !value.set) throw new Error('this engine has another WebAssembly.Global')
  const { set } = value

  WebAssembly.compile = async bytes => {
    const module = await compile(bytes)
    const view = ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : undefined
    // The one that is no part of the package: it is hardened where it was installed.
    nameOf.set(
      module,
      names.get(hashOf(view ?? new Uint8Array(/** @type {ArrayBuffer} */ (bytes)))) ?? 'libheif',
    )
    return module
  }

  WebAssembly.Instance = class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
    constructor(module, imports) {
      super(module, imports)
      const { exports } = this
      const { fuel } = exports
      const name = nameOf.get(module)
      if (!(fuel instanceof Global) || name === undefined) return
      const run = { module: name, filled: 0, used: 0, ms: 0 }
      watched.push({ run, fuel })
      Object.defineProperty(this, 'exports', { value: timed(exports, run) })
    }
  }

  Object.defineProperty(Global.prototype, 'value', {
    ...value,
    /** @this {WebAssembly.Global} @param {unknown} filled */
    set(filled) {
      const run = watched.find(({ fuel }) => fuel === this)?.run
      if (run && run.filled === 0) run.filled = Number(filled)
      set.call(this, filled)
    },
  })

  /** @param {number} ms */
  TimeBudget.prototype.charge = function (ms) {
    charge.call(this, ms)
    drawing.chargedMs += ms
    const burnt = watched.flatMap(each => {
      const fuel = usedOf(each) - each.run.used
      each.run.used += fuel
      return fuel > 0 ? [{ module: each.run.module, fuel, ms }] : []
    })
    drawing.charges.push(...burnt)
    if (burnt.length === 0) drawing.frameMs += ms
  }
}

/**
 * What drawing takes, and what came of it.
 * @template Drawn
 * @param {() => Promise<Drawn>} draw
 * @returns {Promise<{ drawing: Drawing, drawn: Drawn }>}
 */
export async function watchDrawing(draw) {
  watched = []
  drawing = { runs: [], charges: [], frameMs: 0, chargedMs: 0, ms: 0 }
  const start = processorMs()
  const drawn = await draw()
  drawing.ms = processorMs() - start
  for (const each of watched) each.run.used = usedOf(each)
  drawing.runs = watched.map(({ run }) => run)
  return { drawing, drawn }
}

/** @param {Watched} watched */
function usedOf({ run, fuel }) {
  return run.filled === 0 ? 0 : run.filled - Number(fuel.value)
}

/**
 * The same exports, whose outermost calls are timed.
 * @param {WebAssembly.Exports} exports
 * @param {Run} run
 */
function timed(exports, run) {
  let depth = 0
  /** @param {Function} call */
  const clocked =
    call =>
    (/** @type {unknown[]} */ ...args) => {
      if (depth > 0) return call(...args)
      const start = processorMs()
      depth++
      try {
        return call(...args)
      } finally {
        depth--
        run.ms += processorMs() - start
      }
    }
  return Object.fromEntries(
    Object.entries(exports).map(([name, each]) => {
      if (typeof each === 'function') {
        const job = jobs[run.module]?.get(name)
        const call = clocked(each)
        if (job === undefined) return [name, call]
        /** @param {unknown[]} args */
        const named = (...args) => {
          run.module = job
          return call(...args)
        }
        return [name, named]
      }
      if (!(each instanceof WebAssembly.Table)) return [name, each]
      return [
        name,
        { get: (/** @type {number} */ index) => (depth > 0 ? each.get(index) : clocked(each.get(index))) },
      ]
    }),
  )
}
