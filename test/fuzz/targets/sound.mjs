// A reader without a fault.
export const guided = false
export const seeds = () => [new Uint8Array(8)]
export const mutate = (bytes, random) => Uint8Array.from(bytes, () => random.below(256))
export const run = () => {}
