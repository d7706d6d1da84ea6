import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import decode, { init } from '@jsquash/webp/decode.js'
const require = createRequire(import.meta.url)
globalThis.ImageData = class { constructor(d, w, h) { this.data = d; this.width = w; this.height = h } }
await init(new WebAssembly.Module(readFileSync(require.resolve('@jsquash/webp/codec/dec/webp_dec.wasm'))))
const module = new WebAssembly.Module(readFileSync(process.env.K ?? '/work/wt/webp/packages/kernel/dist/kernel.wasm'))
function ours(bytes, scale) {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 16384 })
  const { exports: e } = new WebAssembly.Instance(module, { env: { memory } })
  const p = e.alloc(BigInt(bytes.length)) >>> 0
  new Uint8Array(memory.buffer, p, bytes.length).set(bytes)
  e.openWebp(p, bytes.length)
  const [w, h] = [e.webpWidth.value, e.webpHeight.value]
  e.setPlan(w, h, 1, 2, 0, 0, 0, 0)
  if (scale) e.setPlan(Math.ceil(w / scale), Math.ceil(h / scale), 1, 2, 0, 0, 0, 0)
  const c = e.decodeWebp()
  if (c) throw c
  return new Uint8Array(new Uint8Array(memory.buffer, e.outputPointer() >>> 0, w * h * 4))
}
const med = l => l.sort((a, b) => a - b)[l.length >> 1]
let product = 1, n = 0
for (const f of process.argv.slice(2)) {
  const bytes = readFileSync(f)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  const a = [], b = []
  let size
  for (let i = 0; i < 9; i++) {
    let t = performance.now(); ours(bytes); a.push(performance.now() - t)
    t = performance.now(); const r = await decode(buffer); b.push(performance.now() - t); size = `${r.width}x${r.height}`
  }
  const ratio = med(a) / med(b)
  product *= ratio; n++
  console.log(f.split('/').at(-1).padEnd(34), size.padEnd(10), 'ours', med(a).toFixed(1), 'jsquash', med(b).toFixed(1), 'ratio', ratio.toFixed(2))
}
console.log('geomean', (product ** (1 / n)).toFixed(2))
