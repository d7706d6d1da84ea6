// Fuel: a counter that every loop head and every function entry lowers, and a trap when it falls below zero.
// No path through code is endless without one of the two, so a budget of fuel is a bound on work: the same on every
// engine, on one thread, with no clock. Each charge is the number of instructions up to the next one, both arms of
// every branch counted, so that a unit of fuel is about as much time in one codec as in another.
import { Reader, s64, u32 } from './binary.mjs'
import { OP, step } from './instructions.mjs'
import { addGlobal } from './module.mjs'

/** Where fuel is charged: a function's entry or a loop's head. */
class Region {
  /** Instructions in it that no inner region counts. */
  units = 1
  /** Whether it calls a function that may return, which will have charged the global. */
  calls = false
  constructor(start, outer) {
    this.start = start
    this.outer = outer
  }
}

/** Regions of a body in the order of their start. The first is the function itself. */
function regions(reader) {
  const entry = new Region(reader.at)
  const found = [entry]
  const open = [entry]
  while (!reader.done) {
    const start = reader.at
    const op = step(reader)
    const region = open.at(-1)
    region.units++
    if (op === OP.block || op === OP.if) open.push(region)
    else if (op === OP.end) open.pop()
    else if (op === OP.loop) {
      const loop = new Region(start, region)
      found.push(loop)
      open.push(loop)
    } else if (op === OP.call || op === OP.callIndirect) {
      const panics = reader.bytes[reader.at] === OP.unreachable
      if (!panics) for (const each of open) each.calls = true
    }
  }
  return found
}

/** A function body with its charges. The charge lives in the global, and a local holds what was last read of it: a loop
 * that calls nothing need not read it again, which keeps the load out of the hottest loops. */
function meterBody(body, fuel, parameters) {
  const reader = new Reader(body)
  const groups = reader.u32()
  const locals = reader.at
  let left = parameters
  for (let i = 0; i < groups; i++) {
    left += reader.u32()
    reader.byte()
  }
  const read = [OP.globalGet, ...u32(fuel)]
  const recall = [OP.localGet, ...u32(left)]
  const charge = (source, units) => [
    ...[
      ...source,
      OP.i64Const,
      ...s64(units),
      OP.i64Sub,
      OP.localTee,
      ...u32(left),
      OP.globalSet,
      ...u32(fuel),
    ],
    ...[...recall, OP.i64Const, 0, OP.i64LtS, OP.if, OP.empty, OP.unreachable, OP.end],
  ]
  const code = reader.at
  const [entry, ...loops] = regions(reader)
  const parts = [Buffer.from(u32(groups + 1)), body.subarray(locals, code), Buffer.from([1, OP.i64])]
  parts.push(Buffer.from(charge(read, entry.units)))
  let copied = code
  for (const loop of loops) {
    parts.push(body.subarray(copied, loop.start))
    if (!loop.calls && loop.outer.calls) parts.push(Buffer.from([...read, OP.localSet, ...u32(left)]))
    const head = new Reader(body, loop.start)
    step(head)
    copied = head.at
    parts.push(body.subarray(loop.start, copied), Buffer.from(charge(loop.calls ? read : recall, loop.units)))
  }
  parts.push(body.subarray(copied))
  return Buffer.concat(parts)
}

/** The tank is empty until somebody fills it: an instance whose fuel was forgotten runs nothing. */
export function meter(wasm) {
  const fuel = addGlobal(wasm, 'fuel', OP.i64, [OP.i64Const, 0])
  const parameters = index => new Reader(wasm.types[wasm.functions[index]], 1).u32()
  wasm.bodies = wasm.bodies.map((body, index) => meterBody(body, fuel, parameters(index)))
}
