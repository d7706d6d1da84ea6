// Fuel: a counter that every loop head and every function entry lowers, and a trap when it falls below zero.
// No path through code is endless without one of the two, so a budget of fuel is a bound on work: the same on every
// engine, on one thread, with no clock.
import { Reader, u32 } from './binary.mjs'
import { OP, step } from './instructions.mjs'
import { addGlobal } from './module.mjs'

/**
 * Where fuel is charged: the function's entry, then its loops in the order of their start. `calls` says whether a
 * function is called inside that may return, and will have lowered the global then.
 */
function regions(reader) {
  const found = [{ calls: false }]
  const open = [...found]
  while (!reader.done) {
    const start = reader.at
    const op = step(reader)
    const region = open.at(-1)
    if (op === OP.block || op === OP.if) open.push(region)
    else if (op === OP.end) open.pop()
    else if (op === OP.loop) {
      const loop = { start, head: reader.at, outer: region, calls: false }
      found.push(loop)
      open.push(loop)
    } else if (op === OP.call || op === OP.callIndirect) {
      const panics = reader.bytes[reader.at] === OP.unreachable
      if (!panics) for (const each of open) each.calls = true
    }
  }
  return found
}

/**
 * A function body with its charges. The fuel is in the global, and a local holds what was last read of it: a loop that
 * calls nothing need not read it again, which keeps a load out of the hottest loops.
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
  const [, ...loops] = regions(reader)

  const read = [OP.globalGet, ...u32(fuel)]
  const recall = [OP.localGet, ...u32(left)]
  const lower = [OP.i64Const, 1, OP.i64Sub, OP.localTee, ...u32(left), OP.globalSet, ...u32(fuel)]
  const check = [...recall, OP.i64Const, 0, OP.i64LtS, OP.if, OP.empty, OP.unreachable, OP.end]

  const parts = [Buffer.from(u32(groups + 1)), body.subarray(locals, code), Buffer.from([1, OP.i64])]
  parts.push(Buffer.from([...read, ...lower, ...check]))
  let copied = code
  for (const { start, head, calls, outer } of loops) {
    parts.push(body.subarray(copied, start))
    if (!calls && outer.calls) parts.push(Buffer.from([...read, OP.localSet, ...u32(left)]))
    parts.push(body.subarray(start, head), Buffer.from([...(calls ? read : recall), ...lower, ...check]))
    copied = head
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
