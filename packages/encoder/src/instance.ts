/** What dist/encoder.wasm exports, as assembly/index.ts names it. Addresses and sizes are in bytes. */
export interface EncoderExports {
  /**
   * Units of work that are left, of about two nanoseconds; the module traps below zero. Never runs out unless
   * it is set.
   */
  readonly fuel: { value: bigint }
  begin(width: number, height: number, effort: number): number
  survey(): void
  flatShare(): number
  plan(quantiserIndex: number): number
  encodeBand(): number
  finish(): number
  partAddress(part: number): number
  partBytes(part: number): number
  openLossless(width: number, height: number, effort: number, alphaAlone: number): number
  losslessPixels(): number
  surveyLossless(): number
  wayOf(way: number): number
  tryLossless(way: number, rows: number, effort: number): number
  finishLossless(): number
  losslessAddress(): number
  losslessBytes(): number
  readonly band: WebAssembly.Global
  readonly hasAlpha: WebAssembly.Global
}

export interface EncoderInstance {
  readonly exports: EncoderExports
  readonly memory: WebAssembly.Memory
}

/** Pages of 64 KiB that a memory must have at first. It grows as the picture needs. */
export const INITIAL_PAGES = 2

/**
 * A fresh instance, for one picture. `memory` must be filled with zeros; its maximum is the ceiling for the picture,
 * and reaching it is a result (`out-of-memory`), not an exception.
 */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): EncoderInstance {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return { exports: exports as unknown as EncoderExports, memory }
}
