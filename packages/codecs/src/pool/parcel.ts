import { zeros } from '@sluice/sandbox'

/** The `maxByteLength` of ECMAScript 2024; runtimes from before leave it out, and make buffers as ever. */
interface Resizable extends ArrayBuffer {
  resize?(bytes: number): void
}
const ResizableBuffer = ArrayBuffer as unknown as new (
  bytes: number,
  options: { readonly maxByteLength: number },
) => Resizable

/**
 * A copy that can be transferred to another thread and released there at once. Engines map each resizable buffer separately;
 * other buffers come from the C library, and stay with the process: once glibc has seen a block of megabytes freed, it keeps
 * up to twice as much free at the end of every heap, of which there is one for each thread.
 */
export function pack(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parcel = new Uint8Array(new ResizableBuffer(bytes.length, { maxByteLength: bytes.length }))
  parcel.set(bytes)
  return parcel
}

/** What is in it, in a buffer of this thread; the parcel is empty then. */
export function unpack(parcel: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = zeros(parcel.length)
  bytes.set(parcel)
  ;(parcel.buffer as Resizable).resize?.(0)
  return bytes
}
