// A reader without a leak: its mutants are short views of long buffers, and each run leaves garbage behind, asked for
// again through a weak reference.
export const guided = false
export const seeds = () => [new Uint8Array(8)]
export const mutate = (bytes, random) => {
  const long = new Uint8Array(2 ** 20)
  long.set(bytes)
  return long.subarray(0, 1 + random.below(8))
}

let last = new WeakRef(new Uint8Array(1))
export function run() {
  last.deref()
  last = new WeakRef(new Uint8Array(2 ** 20))
}
