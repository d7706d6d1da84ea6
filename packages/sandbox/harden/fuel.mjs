// Fuel: a counter that every loop head and every function entry lowers, and a trap when it falls below zero.
// No path through code is endless without one of the two, so a budget of fuel is a bound on work: the same on
// every engine, on one thread, with no clock.
import { Reader, u32 } from './binary.mjs'
import { meterBulk } from './bulk.mjs'
import { OP } from './instructions.mjs'
import { loopsOf } from './loops.mjs'
import { addGlobal } from './module.mjs'

/** @import { Wasm } from './module.mjs' */

/**
 * A function body with its charges. The fuel is in the global, and a local holds what was last read of it: a
 * loop that calls nothing need not read it again, and one that is left only at its end need not write it
 * before. That keeps memory out of the hottest loops.
 * @param {Uint8Array} body
 * @param {number} fuel index of the global
 * @param {number} parameters how many: locals are numbered after them
 */
function meterBody(body, fuel, parameters) {
  const reader = new Reader(body)
  const groups = reader.u32()
  const locals = reader.at
  let left = parameters
  for (let i = 0; i < groups; i++) {
    left += reader.u32()
    reader.byte()
  }
  const code = reader.at

  const read = [OP.globalGet, ...u32(fuel)]
  const write = [OP.globalSet, ...u32(fuel)]
  const recall = [OP.localGet, ...u32(left)]
  const lower = [OP.i64Const, 1, OP.i64Sub, OP.localTee, ...u32(left)]
  /** @param {readonly number[]} first */
  const trapBelowZero = (...first) => [
    ...[OP.i64Const, 0, OP.i64LtS, OP.if, OP.empty, ...first, OP.unreachable, OP.end],
  ]
  /** @param {readonly number[]} source */
  const charge = source => [...source, ...lower, ...write, ...recall, ...trapBelowZero()]
  const chargeUnwritten = [...recall, ...lower, ...trapBelowZero(...recall, ...write)]

  /** @type {[at: number, code: readonly number[]][]} */
  const insertions = [[code, charge(read)]]
  for (const { start, head, end, calls, leaves, afterCalls } of loopsOf(reader)) {
    if (calls) {
      insertions.push([head, charge(read)])
      continue
    }
    if (afterCalls) insertions.push([start, [...read, OP.localSet, ...u32(left)]])
    if (leaves) insertions.push([head, charge(recall)])
    else insertions.push([head, chargeUnwritten], [end, [...recall, ...write]])
  }
  insertions.sort(([a], [b]) => a - b)

  const parts = [Buffer.from(u32(groups + 1)), body.subarray(locals, code), Buffer.from([1, OP.i64])]
  let copied = code
  for (const [at, inserted] of insertions) {
    parts.push(body.subarray(copied, at), Buffer.from(inserted))
    copied = at
  }
  return Buffer.concat([...parts, body.subarray(copied)])
}

/** How many parameters a function has. @param {Wasm} wasm @param {number} index among those with a body */
function parametersOf({ types, functions }, index) {
  const type = types[functions[index] ?? -1]
  if (!type) throw new Error(`function ${index} has no type`)
  return new Reader(type, 1).u32()
}

/**
 * The tank is empty until somebody fills it: an instance whose fuel was forgotten runs nothing.
 * @param {Wasm} wasm
 */
export function meter(wasm) {
  const fuel = addGlobal(wasm, 'fuel', OP.i64, [OP.i64Const, 0])
  meterBulk(wasm, fuel)
  wasm.bodies = wasm.bodies.map((body, index) => meterBody(body, fuel, parametersOf(wasm, index)))
}
