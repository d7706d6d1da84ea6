// A reader with faults in it, which the fuzzer must find: it throws behind three comparisons that only coverage leads
// through, and never returns for one byte behind the first.
export const seeds = () => [new Uint8Array(8)]

export function mutate(bytes, random) {
  const copy = bytes.slice()
  copy[random.below(copy.length)] = random.below(256)
  return copy
}

export function run(bytes) {
  if (bytes[0] !== 0x46) return
  if (bytes[3] === 0x48) for (;;);
  if (bytes[1] !== 0x55) return
  if (bytes[2] === 0x5a) throw new RangeError('behind three comparisons')
}
