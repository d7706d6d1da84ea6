import { Reader } from '../harden/binary.mjs'
import { OP, step } from '../harden/instructions.mjs'
import { disassemble, type Import, type Wasm } from '../harden/module.mjs'

/** `loop br 0 end` */
export const endless = [OP.loop, OP.empty, OP.br, 0, OP.end]

/** An import of type (i32) -> (), called by `call 0`. */
export const take: Import = { module: 'env', name: 'take', kind: 0, type: Uint8Array.of(0) }

/** A module with one exported function `run` of type (i32) -> (), and a memory of one page. */
export function moduleOf(code: readonly number[], imports: Import[] = []): Wasm {
  return {
    ...disassemble(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
    types: [Uint8Array.of(0x60, 1, OP.i32, 0)],
    imports,
    functions: [0],
    memories: [Uint8Array.of(0, 1)],
    exports: [{ name: 'run', kind: 0, index: imports.length }],
    bodies: [Uint8Array.of(0, ...code, OP.end)],
  }
}

/** `do { inside } while (--n > 0)`, with `n` in the parameter. */
export function countDown(inside: readonly number[]): readonly number[] {
  return [
    ...[OP.loop, OP.empty, ...inside],
    ...[OP.localGet, 0, OP.i32Const, 1, OP.i32Sub, OP.localTee, 0, OP.brIf, 0, OP.end],
  ]
}

/** A global that a module exports, of 64 bits for fuel and of 32 bits otherwise. */
export function globalOf<Value extends bigint | number>(
  exports: WebAssembly.Exports,
  name: string,
): { value: Value } {
  const global = exports[name]
  if (!(global instanceof WebAssembly.Global)) throw new TypeError(`exports no global ${name}`)
  return global
}

/** The function `run`. */
export function runOf({ run }: WebAssembly.Exports): (value: number) => void {
  if (typeof run !== 'function') throw new TypeError('exports no function run')
  return value => run(value)
}

/** Every instruction of a function body, in hexadecimal. */
export function instructionsOf(body: Uint8Array): string[] {
  const reader = new Reader(body)
  reader.list(() => [reader.u32(), reader.byte()])
  const list: string[] = []
  while (!reader.done) list.push(Buffer.from(reader.verbatim(() => step(reader))).toString('hex'))
  return list
}
