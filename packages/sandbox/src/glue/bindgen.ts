import type { HostFunction, Instance } from '../instance.js'
import { Refusal } from '../sandbox-error.js'

/** Calls the allocator that wasm-bindgen exports and copies bytes in. @returns their address */
export function putBytes(instance: Instance, bytes: Uint8Array): number {
  const address = instance.call('__wbindgen_malloc', bytes.length, 1) >>> 0
  new Uint8Array(instance.memory.buffer).set(bytes, address)
  return address
}

/** A panic, or an error that Rust wanted to become a JavaScript exception. */
export const throwMessage =
  (instance: Instance): HostFunction =>
  (address = 0, length = 0) => {
    const bytes = new Uint8Array(instance.memory.buffer, address >>> 0, Math.min(length >>> 0, 200))
    throw new Refusal(String.fromCharCode(...bytes))
  }
