// A reader whose WebAssembly memory grows by a mebibyte for every input, up to a gigabyte (never touched, so never
// resident).
export const guided = false
export const seeds = () => [new Uint8Array(8)]
export const mutate = (bytes, random) => Uint8Array.from(bytes, () => random.below(256))

const held = new WebAssembly.Memory({ initial: 0, maximum: 16_384 })
export function run() {
  if (held.buffer.byteLength < 2 ** 30) held.grow(16)
}
