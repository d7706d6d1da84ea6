// An independent decoder: @jsquash/png (the Rust crate `png`). It gives 16 bits per sample exactly, also for
// shallower files, and truncates when asked for 8; so 16 bits are asked for and rounded here.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { decode, init } from '@jsquash/png/decode.js'

const require = createRequire(import.meta.url)

/** RGBA of 8 bits. */
export async function referencePng(file: Uint8Array): Promise<Uint8Array> {
  await init(
    new WebAssembly.Module(readFileSync(require.resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))),
  )
  const { data } = await decode(new Uint8Array(file).buffer, { bitDepth: 16 })
  return Uint8Array.from(data, v => Math.floor((v * 255 + 32767) / 65535))
}
