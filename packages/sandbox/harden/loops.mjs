// The loops of a function body, and what is known about each.
import { Reader } from './binary.mjs'
import { OP, step } from './instructions.mjs'

/**
 * @param reader stands at the first instruction
 * @returns the loops in the order of their start:
 * - `start`, `head`, `end`: where its instruction stands, where its body begins, where what follows it begins
 * - `calls`: a function is called inside that may return; one before `unreachable` does not
 * - `leaves`: a branch or a return leads out of it; otherwise it is left at its end alone
 * - `afterCalls`: what surrounds it calls functions
 */
export function loopsOf(reader) {
  const body = { calls: false }
  const loops = []
  // One entry a label: the innermost loop around it, or the whole body.
  const labels = [body]
  while (!reader.done) {
    const start = reader.at
    const op = step(reader)
    const around = labels.at(-1)
    if (op === OP.block || op === OP.if) labels.push(around)
    else if (op === OP.loop) {
      const loop = { start, head: reader.at, around, calls: false, leaves: false }
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
  return loops.map(({ around, ...loop }) => ({ ...loop, afterCalls: around.calls }))
}
