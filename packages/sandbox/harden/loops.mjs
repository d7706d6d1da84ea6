// The loops of a function body, and what is known about each.
import { Reader } from './binary.mjs'
import { OP, step } from './instructions.mjs'

/**
 * What a label may lie in: a loop, or the whole body.
 * @typedef {object} Region
 * @property {boolean} calls a function is called inside that may return; one before `unreachable` does not
 * @property {boolean} leaves a branch or a return leads out of it; otherwise it is left at its end alone
 * @property {number} end where what follows it begins
 */

/**
 * @typedef {object} LoopPlace
 * @property {number} start where its instruction stands
 * @property {number} head where its body begins
 * @property {Region} around the innermost loop that holds it, or the whole body
 */

/**
 * `afterCalls`: what surrounds it calls functions.
 * @typedef {Region & Omit<LoopPlace, 'around'> & { afterCalls: boolean }} Loop
 */

/**
 * The loops in the order of their start.
 * @param {Reader} reader stands at the first instruction
 * @returns {Loop[]}
 */
export function loopsOf(reader) {
  /** @type {Region} */
  const body = { calls: false, leaves: false, end: reader.end }
  /** @type {(Region & LoopPlace)[]} */
  const loops = []
  // One entry a label: the innermost loop around it, or the whole body.
  const labels = [body]
  while (!reader.done) {
    const start = reader.at
    const op = step(reader)
    const around = labels.at(-1)
    if (!around) throw new Error(`instruction after the last end, at byte ${start}`)
    if (op === OP.block || op === OP.if) labels.push(around)
    else if (op === OP.loop) {
      const loop = { start, head: reader.at, around, calls: false, leaves: false, end: reader.end }
      loops.push(loop)
      labels.push(loop)
    } else if (op === OP.end) {
      if (labels.pop() !== labels.at(-1)) around.end = reader.at
    } else if (op === OP.call || op === OP.callIndirect) {
      if (reader.bytes[reader.at] !== OP.unreachable) for (const each of labels) each.calls = true
    } else if (op === OP.br || op === OP.brIf) {
      const target = labels.length - 1 - new Reader(reader.bytes, start + 1).u32()
      for (const each of labels.slice(target + 1)) if (each !== labels[target]) each.leaves = true
    } else if (op === OP.brTable || op === OP.return) for (const each of labels) each.leaves = true
  }
  if (labels.length > 0) throw new Error('body that ends inside a block')
  return loops.map(({ around, ...loop }) => ({ ...loop, afterCalls: around.calls }))
}
