// Functions that only dropped exports led to: what is not there is not shipped, and cannot be attacked.
import { KIND, Reader, SECTION } from './binary.mjs'
import { OP, step } from './instructions.mjs'

/** @import { Wasm } from './module.mjs' */

/** Without locals: good for every type. */
const trap = Uint8Array.of(0, OP.unreachable, OP.end)

/**
 * Empties every function that nothing can call: no export, no table, no start, and no function that is called. They
 * stay in their places, so that no index shifts.
 * @param {Wasm} wasm
 */
export function emptyUncalled(wasm) {
  const imported = wasm.imports.filter(({ kind }) => kind === KIND.function).length
  const exported = wasm.exports.filter(({ kind }) => kind === KIND.function).map(({ index }) => index)
  const called = new Set([...exported, ...inTables(wasm), ...started(wasm)])
  // A set goes through what is added meanwhile, too.
  for (const index of called)
    for (const callee of calledBy(wasm.bodies[index - imported] ?? trap)) called.add(callee)
  wasm.bodies = wasm.bodies.map((body, index) => (called.has(imported + index) ? body : trap))
}

/** @param {Uint8Array} body */
function calledBy(body) {
  const reader = new Reader(body)
  reader.list(() => [reader.u32(), reader.byte()])
  const callees = []
  while (!reader.done) {
    const operand = reader.at + 1
    const op = step(reader)
    if (op === OP.call || op === OP.refFunc) callees.push(new Reader(body, operand).u32())
  }
  return callees
}

/** @param {Wasm} wasm */
function inTables({ sections }) {
  const reader = new Reader(sections.get(SECTION.element) ?? Uint8Array.of(0))
  const segments = reader.list(() => {
    if (reader.u32() !== 0) throw new Error('elements of another kind than functions at a place')
    step(reader)
    if (reader.byte() !== OP.end) throw new Error('elements with a longer place')
    return reader.list(() => reader.u32())
  })
  return segments.flat()
}

/** @param {Wasm} wasm */
function started({ sections }) {
  const start = sections.get(SECTION.start)
  return start ? [new Reader(start).u32()] : []
}
