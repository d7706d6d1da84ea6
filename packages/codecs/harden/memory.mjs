// Memory comes from outside, so that each instance gets one with the ceiling of its own policy, and a growth that the
// ceiling refuses leaves a trace: the global `refused` holds the pages that were asked for in vain.
import { KIND, Reader, u32 } from './binary.mjs'
import { OP, step } from './instructions.mjs'
import { addFunction, addGlobal } from './module.mjs'

export function importMemory(wasm) {
  if (wasm.memories.length !== 1) throw new Error(`${wasm.memories.length} memories instead of one`)
  const reader = new Reader(wasm.memories[0])
  const flags = reader.byte()
  if (flags > 1) throw new Error('memory is shared or of 64 bits')
  const pages = reader.u32()
  wasm.memories = []
  wasm.imports.push({ module: 'env', name: 'memory', kind: KIND.memory, type: [0, ...u32(pages)] })
  // JavaScript cannot ask a compiled module how much memory it starts with, so the number travels with it.
  wasm.custom.pages = u32(pages)
}

/** Every `memory.grow` becomes a call of one function that does it and notes a refusal. */
export function recordGrowth(wasm) {
  const refused = addGlobal(wasm, 'refused', OP.i32, [OP.i32Const, 0])
  const type = [0x60, 1, OP.i32, 1, OP.i32]
  const note = [OP.localGet, 0, OP.globalSet, ...u32(refused)]
  const grow = [OP.localGet, 0, OP.memoryGrow, 0, OP.localTee, 1, OP.i32Const, 0x7f, OP.i32Eq]
  const body = [1, 1, OP.i32, ...grow, OP.if, OP.empty, ...note, OP.end, OP.localGet, 1, OP.end]
  const own = wasm.bodies.length
  const call = [OP.call, ...u32(addFunction(wasm, type, body))]
  wasm.bodies = wasm.bodies.map((code, index) => (index < own ? replaceGrow(code, call) : code))
}

function replaceGrow(body, call) {
  const reader = new Reader(body)
  reader.list(() => [reader.u32(), reader.byte()])
  const parts = []
  let copied = 0
  while (!reader.done) {
    const start = reader.at
    if (step(reader) !== OP.memoryGrow) continue
    parts.push(body.subarray(copied, start), Buffer.from(call))
    copied = reader.at
  }
  parts.push(body.subarray(copied))
  return Buffer.concat(parts)
}
