import type { ModuleName } from './module-names.js'

/** Where a file lies: calls `use` with its URL. */
export type FileAt = <Value>(use: (url: URL) => Value) => Value

// Written out one by one, each as the argument of a call: bundlers and tracers find an asset only where its
// whole path is a literal, and @vercel/nft only where the URL is used on the spot (a function that returns it
// is passed over). The same path is right from src/wasm and from dist/wasm.
export const files: Readonly<Record<ModuleName, FileAt>> = {
  kernel: use => use(new URL('../../dist/wasm/kernel.wasm', import.meta.url)),
  encoder: use => use(new URL('../../dist/wasm/encoder.wasm', import.meta.url)),
  lcms: use => use(new URL('../../dist/wasm/lcms.wasm', import.meta.url)),
}
