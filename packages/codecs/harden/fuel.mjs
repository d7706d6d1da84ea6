// Fuel: a counter that every loop head and every function entry lowers, and a trap when it falls below zero.
// No path through code is endless without one of the two, so a budget of fuel is a bound on work: the same on every
// engine, on one thread, with no clock.
import { Reader, s64, u32 } from './binary.mjs'
import { OP, step } from './instructions.mjs'
import { addGlobal } from './module.mjs'

const charge = (fuel, units) => [
  ...[OP.globalGet, ...u32(fuel), OP.i64Const, ...s64(units), OP.i64Sub, OP.globalSet, ...u32(fuel)],
  ...[OP.globalGet, ...u32(fuel), OP.i64Const, 0, OP.i64LtS, OP.if, OP.empty, OP.unreachable, OP.end],
]

/** One function body with a charge at its entry and at each loop head. */
function meterBody(body, fuel) {
  const reader = new Reader(body)
  reader.list(() => [reader.u32(), reader.byte()])
  const parts = [body.subarray(0, reader.at), Buffer.from(charge(fuel, 1))]
  let copied = reader.at
  while (!reader.done) {
    if (step(reader) !== OP.loop) continue
    parts.push(body.subarray(copied, reader.at), Buffer.from(charge(fuel, 1)))
    copied = reader.at
  }
  parts.push(body.subarray(copied))
  return Buffer.concat(parts)
}

/** The tank is empty until somebody fills it: an instance whose fuel was forgotten runs nothing. */
export function meter(wasm) {
  const fuel = addGlobal(wasm, 'fuel', OP.i64, [OP.i64Const, 0])
  wasm.bodies = wasm.bodies.map(body => meterBody(body, fuel))
}
