import type { HostFunction, Instance } from '../instance.js'
import { Refusal } from '../sandbox-error.js'

/** Calls the allocator that wasm-bindgen exports and copies bytes in. @returns their address */
export function putBytes(instance: Instance, bytes: Uint8Array): number {
  const address = instance.call('__wbindgen_malloc', bytes.length, 1) >>> 0
  new Uint8Array(instance.memory.buffer).set(bytes, address)
  return address
}

/** Where a function that returns bytes puts their address and length; the stack wants a multiple of 16. */
const resultBytes = 16

/** What a function of the module returns as bytes, copied out of its memory. */
export function callForBytes(instance: Instance, name: string, ...args: readonly number[]): Uint8Array {
  const result = instance.call('__wbindgen_add_to_stack_pointer', -resultBytes)
  instance.call(name, result, ...args)
  const view = new DataView(instance.memory.buffer)
  const address = view.getUint32(result, true)
  const length = view.getUint32(result + 4, true)
  return new Uint8Array(instance.memory.buffer, address, length).slice()
}

/** A panic, or an error that Rust wanted to become a JavaScript exception. */
export const throwMessage =
  (instance: Instance): HostFunction =>
  (address = 0, length = 0) => {
    const bytes = new Uint8Array(instance.memory.buffer, address >>> 0, Math.min(length >>> 0, 200))
    throw new Refusal(String.fromCharCode(...bytes))
  }
