// A reader that keeps something of every input in a list, up to a gigabyte of it (never touched, so never resident).
export const guided = false
export const seeds = () => [new Uint8Array(8)]
export const mutate = (bytes, random) => Uint8Array.from(bytes, () => random.below(256))

const held = []
export function run() {
  if (held.length < 1024) held.push(new Uint8Array(2 ** 20))
}
