import { KernelError } from './errors.js'
import { requireSimd } from './simd.js'

/** What the WebAssembly module exports; see assembly/index.ts. */
export interface KernelExports {
  readonly fuel: { value: bigint }
  alloc(bytes: bigint): number
  setPlan(
    width: number,
    height: number,
    orientation: number,
    keep: number,
    cropX: number,
    cropY: number,
    cropWidth: number,
    cropHeight: number,
  ): void
  expectSourceSize(width: number, height: number): void
  inflateZlib(from: number, length: number, most: number): number
  inflatedPointer(): number
  outputPointer(): number
  takeRows(): number
  openResize(width: number, height: number, hasAlpha: number, window: number): number
  pushRows(rows: number, count: number, step: number): number
  decodeJpeg(file: number, length: number): number
  jpegIsCMYK(): number
  setInkTable(colours: number, nodes: number): number
  openPng(file: number, length: number): number
  readonly pngWidth: { value: number }
  readonly pngHeight: { value: number }
  readonly pngFrameCount: { value: number }
  readonly pngPlayCount: { value: number }
  readonly pngFirstControl: { value: number }
  readonly pngDelayNumerator: { value: number }
  readonly pngDelayDenominator: { value: number }
  decodePng(): number
  nextPngFrame(): number
  openGif(file: number, length: number): number
  readonly gifWidth: { value: number }
  readonly gifHeight: { value: number }
  readonly gifFrameCount: { value: number }
  readonly gifPlays: { value: number }
  readonly gifDelay: { value: number }
  decodeGif(): number
  nextGifFrame(): number
  openWebp(file: number, length: number): number
  readonly webpWidth: { value: number }
  readonly webpHeight: { value: number }
  readonly webpFrameCount: { value: number }
  readonly webpPlays: { value: number }
  readonly webpDelay: { value: number }
  decodeWebp(): number
  nextWebpFrame(): number
}

/** One instance of the module with its Memory: good for one picture, then dropped. */
export interface Kernel {
  readonly exports: KernelExports
  readonly memory: WebAssembly.Memory
  /** Makes the buffers of pictures that leave the kernel. */
  readonly zeros: (bytes: number) => Uint8Array<ArrayBuffer>
}

const PAGE = 65_536
/** More than the module's own data needs. */
const INITIAL_PAGES = 16
/** 256 MiB: a 64-megapixel progressive JPEG has room, a mistake does not take the machine. */
const DEFAULT_MAXIMUM_PAGES = 4096

/** A Memory of its own for a kernel, growing up to `maximumBytes`. */
export function kernelMemory(maximumBytes = DEFAULT_MAXIMUM_PAGES * PAGE): WebAssembly.Memory {
  const maximum = Math.max(INITIAL_PAGES, Math.floor(maximumBytes / PAGE))
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum })
}

/**
 * A fresh instance. `memory` may come from elsewhere and may have been used before, provided that it is filled
 * with zeros again and at least 1 MiB large. Set `exports.fuel.value` to bound the work, in units of about one
 * loop iteration; read it afterwards to see what is left.
 *
 * @param zeros makes the buffers of pictures, for whoever cares where those lie
 */
export function instantiate(
  module: WebAssembly.Module,
  memory = kernelMemory(),
  zeros: Kernel['zeros'] = bytes => new Uint8Array(bytes),
): Kernel {
  const instance = new WebAssembly.Instance(module, { env: { memory } })
  return { exports: instance.exports as unknown as KernelExports, memory, zeros }
}

/** Compiles the bytes of kernel.wasm, with a clear error where the runtime lacks SIMD. */
export async function compileKernel(bytes: BufferSource): Promise<WebAssembly.Module> {
  requireSimd()
  return WebAssembly.compile(bytes)
}

const used = new WeakSet<Kernel>()

/** Runs one job. Codes, lack of fuel and traps all become a KernelError. */
export function run<T>(kernel: Kernel, job: (exports: KernelExports) => T): T {
  if (used.has(kernel)) throw new Error('A kernel instance is good for one picture: instantiate another.')
  used.add(kernel)
  return proceed(kernel, job)
}

/** The next part of a job that `run` began. */
export function proceed<T>({ exports }: Kernel, job: (exports: KernelExports) => T): T {
  try {
    return job(exports)
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error
    throw new KernelError(exports.fuel.value < 0n ? 'out-of-fuel' : 'trap', error)
  }
}

/** A block of the kernel's memory. */
export function allocate({ exports }: Kernel, bytes: number): number {
  const pointer = exports.alloc(BigInt(bytes)) >>> 0
  if (pointer === 0) throw new KernelError('out-of-memory')
  return pointer
}

/** Copies bytes into a block of their own. */
export function copyIn(kernel: Kernel, bytes: Uint8Array): number {
  const pointer = allocate(kernel, bytes.length)
  new Uint8Array(kernel.memory.buffer, pointer, bytes.length).set(bytes)
  return pointer
}

/** The finished picture, copied out of the kernel's memory. */
export function copyOut(kernel: Kernel, width: number, height: number): Uint8Array<ArrayBuffer> {
  return copyFrom(kernel, kernel.exports.outputPointer(), width * height * 4)
}

/** Bytes of the kernel's memory, copied out of it. */
export function copyFrom(
  { memory, zeros }: Kernel,
  pointer: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  const bytes = zeros(length)
  bytes.set(new Uint8Array(memory.buffer, pointer >>> 0, length))
  return bytes
}
