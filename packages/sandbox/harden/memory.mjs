// Memory comes from outside, so that each instance gets one with the ceiling of its own policy. The module
// keeps its own count of pages: a memory that served before may be larger than what this instance has asked
// for so far, and what it may ask for must not depend on that.
import { KIND, Reader, s64, u32 } from './binary.mjs'
import { OP, replaceInstructions } from './instructions.mjs'
/** @import { Wasm } from './module.mjs' */
import { addFunction, addGlobal } from './module.mjs'

/**
 * Turns the module's memory from defined to imported, as `env.memory` with no maximum of its own.
 * @param {Wasm} wasm
 * @returns how many pages it starts with
 */
export function importMemory(wasm) {
  const already = wasm.imports.find(entry => entry.kind === KIND.memory)
  const limits = already ? already.type : wasm.memories[0]
  if (!limits || wasm.memories.length + (already ? 1 : 0) !== 1) throw new Error('has not exactly one memory')
  const reader = new Reader(limits)
  if (reader.byte() > 1) throw new Error('memory is shared or of 64 bits')
  const pages = reader.u32()
  wasm.memories = []
  wasm.imports = wasm.imports.filter(entry => entry !== already)
  wasm.imports.push({
    module: 'env',
    name: 'memory',
    kind: KIND.memory,
    type: Uint8Array.of(0, ...u32(pages)),
  })
  // JavaScript cannot ask a compiled module how much memory it starts with, so the number travels with it.
  wasm.custom.pages = u32(pages)
  return pages
}

/**
 * `memory.size` becomes the global `pages`. `memory.grow` becomes a call that raises it up to the global
 * `limit`, grows the memory itself only as far as needed, and leaves the pages that were asked for in vain in
 * the global `refused`.
 * @param {Wasm} wasm
 * @param {number} startingPages
 */
export function countPages(wasm, startingPages) {
  const pages = addGlobal(wasm, 'pages', OP.i32, [OP.i32Const, ...s64(startingPages)])
  const limit = addGlobal(wasm, 'limit', OP.i32, [OP.i32Const, ...s64(MOST_PAGES)])
  const refused = addGlobal(wasm, 'refused', OP.i32, [OP.i32Const, 0])
  const own = wasm.bodies.length
  const grow = addFunction(wasm, [0x60, 1, OP.i32, 1, OP.i32], growBody(pages, limit, refused))
  const size = Buffer.from([OP.globalGet, ...u32(pages)])
  const call = Buffer.from([OP.call, ...u32(grow)])
  wasm.bodies = wasm.bodies.map((body, index) => {
    if (index >= own) return body
    return replaceInstructions(body, op =>
      op === OP.memorySize ? size : op === OP.memoryGrow ? call : undefined,
    )
  })
}

/** All that 32 bits can address. */
const MOST_PAGES = 65_536

/**
 * (func (param $more i32) (result i32) (local $sum i32) ...), with the indices of the three globals.
 * @param {number} pages @param {number} limit @param {number} refused
 */
function growBody(pages, limit, refused) {
  const MORE = 0
  const SUM = 1
  const MINUS_ONE = [OP.i32Const, 0x7f]
  const refuse = [OP.localGet, MORE, OP.globalSet, ...u32(refused), ...MINUS_ONE, OP.return]
  return [
    ...[1, 1, OP.i32],
    ...[OP.localGet, MORE, OP.i32Const, ...s64(MOST_PAGES), OP.i32GtU, OP.if, OP.empty, ...refuse, OP.end],
    ...[OP.globalGet, ...u32(pages), OP.localGet, MORE, OP.i32Add, OP.localTee, SUM],
    ...[OP.globalGet, ...u32(limit)],
    ...[OP.i32GtU, OP.if, OP.empty, ...refuse, OP.end],
    ...[OP.localGet, SUM, OP.memorySize, 0, OP.i32GtU],
    ...[OP.if, OP.empty, OP.localGet, SUM, OP.memorySize, 0, OP.i32Sub, OP.memoryGrow, 0],
    ...[...MINUS_ONE, OP.i32Eq],
    ...[OP.if, OP.empty, ...refuse, OP.end, OP.end],
    ...[OP.globalGet, ...u32(pages), OP.localGet, SUM, OP.globalSet, ...u32(pages), OP.end],
  ]
}
