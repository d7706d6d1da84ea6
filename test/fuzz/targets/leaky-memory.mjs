// A reader whose WebAssembly memory grows by 16 MiB in one of 16 runs, up to a gigabyte (never touched, so never
// resident).
export const guided = false
export const seeds = () => [new Uint8Array(8)]
export const mutate = (bytes, random) => Uint8Array.from(bytes, () => random.below(256))

const held = new WebAssembly.Memory({ initial: 0, maximum: 16_384 })
let runs = 0
export function run() {
  if (++runs % 16 === 0 && runs <= 1024) held.grow(256)
}
