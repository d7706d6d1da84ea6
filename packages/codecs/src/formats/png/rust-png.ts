import { ByteReader } from '@sluice/core/bytes'
import { type HostFunction, Instance, type Limits, putBytes, Refusal, throwMessage } from '@sluice/sandbox'
import { loadModule } from '#jsquash-modules'
import type { Decoded } from '../../wasm/decoded.js'
import { EarlyExit, runUntilPicture } from '../../wasm/early-exit.js'
import { stillDecoder } from '../still-decoder.js'
import { onlyPixelChunks } from './pixel-chunks.js'

/**
 * Decodes the first image of a PNG, any colour type; 16 bits are rounded to 8. Checksums are not looked at.
 *
 * @throws SandboxError; damaged data are a 'trap' (the decoder panics)
 */
export async function decodePng(bytes: Uint8Array, limits: Limits): Promise<Decoded> {
  const instance = new Instance(await loadModule('png'), self => ({ wbg: imports(self) }), limits)
  return instance.guardOrClose(() => {
    const address = putBytes(instance, bytes)
    const { width, height, pixels } = isDeep(bytes)
      ? decodeDeep(instance, address, bytes.length)
      : decode(instance, address, bytes.length)
    if (pixels.length !== width * height * 4)
      throw new Refusal(`${pixels.length} bytes for ${width}x${height} pixels`)
    return { width, height, pixels, warnings: [], cost: instance.cost, release: () => instance.close() }
  })
}

/** The png crate of Rust: every kind of still PNG. It refuses over chunks that say nothing about the pixels. */
export const pngDecoder = /* @__PURE__ */ stillDecoder({
  format: 'png',
  decode: (bytes, limits) => decodePng(onlyPixelChunks(bytes), limits),
})

/** Whether the bit depth is 16, which stands at a fixed place in IHDR. */
function isDeep(bytes: Uint8Array): boolean {
  const reader = new ByteReader(bytes)
  reader.skip(24)
  return reader.u8() === 16
}

const MEMORY = 1
const BUFFER = 2

function imports(self: Instance): Record<string, HostFunction> {
  const view = (address: number, length: number) =>
    new Uint8Array(self.memory.buffer, address >>> 0, length >>> 0)
  return {
    __wbindgen_memory: () => MEMORY,
    __wbg_buffer: () => BUFFER,
    __wbg_newwithbyteoffsetandlength: (_buffer, address = 0, length = 0) => {
      throw new EarlyExit(view(address, length * 2), 0, 0)
    },
    __wbindgen_object_drop_ref: () => undefined,
    __wbg_newwithownedu8clampedarrayandsh: (address = 0, length = 0, width = 0, height = 0) => {
      throw new EarlyExit(view(address, length), width >>> 0, height >>> 0)
    },
    __wbindgen_throw: throwMessage(self),
  }
}

function decode(instance: Instance, address: number, length: number): EarlyExit {
  const done = runUntilPicture(() => instance.run('decode', address, length))
  if (!done) throw new Refusal('no picture')
  return done
}

function decodeDeep(instance: Instance, address: number, length: number): EarlyExit {
  const image = instance.run('decode_rgba16', address, length)
  const done = runUntilPicture(() => instance.run('imagedatargba16_data', image))
  if (!done) throw new Refusal('no picture')
  const width = instance.run('imagedatargba16_width', image) >>> 0
  const height = instance.run('imagedatargba16_height', image) >>> 0
  return new EarlyExit(toEightBits(done.pixels), width, height)
}

/** Rounds to the nearest of 256 levels, in place: the low half of the same memory. Exact for all 65,536 values. */
function toEightBits(bytes: Uint8Array): Uint8Array {
  const samples = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
  const out = bytes.subarray(0, samples.length)
  for (let i = 0; i < samples.length; i++) out[i] = ((samples[i] ?? 0) * 255 + 32_895) >> 16
  return out
}
