// One instruction of the group of bulk memory may work on all of memory, so it pays by its length, as the
// loop that it replaces would.
import { Reader, u32 } from './binary.mjs'
import { OP, replaceInstructions } from './instructions.mjs'
import { addFunction } from './module.mjs'

/** @import { Wasm } from './module.mjs' */

const MEMORY_COPY = 10
const MEMORY_FILL = 11
/** Segments and elements are dropped and tables measured in no time. */
const CHEAP = [9, 13, 16]
/** A unit of fuel pays for 2^6 bytes; the host charges its copies in the same way. */
const LOG_BYTES_PER_UNIT = 6

/**
 * `memory.copy` and `memory.fill` become calls of functions that pay first. Before the loops are metered:
 * they must see the calls.
 * @param {Wasm} wasm
 * @param {number} fuel index of the global
 * @throws Error for other instructions whose work depends on an operand: no codec has any
 */
export function meterBulk(wasm, fuel) {
  /** @type {Map<number, Uint8Array>} */
  const calls = new Map()
  for (const [index, body] of [...wasm.bodies].entries())
    wasm.bodies[index] = replaceInstructions(body, (op, instruction) => {
      if (op !== OP.bulk) return undefined
      const code = new Reader(instruction, 1).u32()
      if (code <= 7 || CHEAP.includes(code)) return undefined
      if (code !== MEMORY_COPY && code !== MEMORY_FILL)
        throw new Error(`instruction 0xfc ${code} is not metered`)
      const call = calls.get(code) ?? payingCall(wasm, fuel, instruction)
      calls.set(code, call)
      return call
    })
}

/**
 * (func (param $to i32) (param $from i32) (param $length i32) ...)
 * @param {Wasm} wasm @param {number} fuel @param {Uint8Array} instruction
 */
function payingCall(wasm, fuel, instruction) {
  const LENGTH = 2
  const read = [OP.globalGet, ...u32(fuel)]
  const units = [OP.localGet, LENGTH, OP.i32Const, LOG_BYTES_PER_UNIT, OP.i32ShrU, OP.i64ExtendI32U]
  const body = [
    ...[0, ...read, ...units, OP.i64Sub, OP.globalSet, ...u32(fuel)],
    ...[...read, OP.i64Const, 0, OP.i64LtS, OP.if, OP.empty, OP.unreachable, OP.end],
    ...[OP.localGet, 0, OP.localGet, 1, OP.localGet, LENGTH, ...instruction, OP.end],
  ]
  const type = [0x60, 3, OP.i32, OP.i32, OP.i32, 0]
  return Buffer.from([OP.call, ...u32(addFunction(wasm, type, body))])
}
