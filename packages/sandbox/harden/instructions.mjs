// How long an instruction is: its opcode and what follows.
// https://webassembly.github.io/spec/core/binary/instructions.html

import { Reader } from './binary.mjs'

export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eq: 0x46,
  i32GtU: 0x4b,
  i64LtS: 0x53,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32ShrU: 0x76,
  i64Sub: 0x7d,
  i64ExtendI32U: 0xad,
  refFunc: 0xd2,
  /** The group of bulk memory: another code follows. */
  bulk: 0xfc,
  // Types, in the same code space as far as the format goes.
  empty: 0x40,
  i32: 0x7f,
  i64: 0x7e,
}

/** How many indices follow an instruction of the 0xfc group, by its code from 8 on. */
const bulkOperands = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1]

/** Alignment and offset. @param {Reader} reader */
function memoryArgument(reader) {
  reader.u32()
  reader.skipNumber()
}

/** Operands of the 0xfc group: saturating truncation, bulk memory, tables. @param {Reader} reader */
function skipBulk(reader) {
  const code = reader.u32()
  if (code <= 7) return
  const operands = bulkOperands[code - 8]
  if (!operands) throw new Error(`unknown instruction 0xfc ${code}`)
  for (let i = 0; i < operands; i++) reader.u32()
}

/** Operands of the 0xfd group: 128-bit vectors. @param {Reader} reader */
function skipVector(reader) {
  const code = reader.u32()
  if (code <= 11 || code === 92 || code === 93) memoryArgument(reader)
  else if (code === 12 || code === 13) reader.skip(16)
  else if (code >= 21 && code <= 34) reader.skip(1)
  else if (code >= 84 && code <= 91) [memoryArgument(reader), reader.skip(1)]
  else if (code > 255) throw new Error(`unknown instruction 0xfd ${code}`)
}

/**
 * Reads one instruction and returns its opcode. An instruction that is not known fails the build.
 * @param {Reader} reader
 */
export function step(reader) {
  const op = reader.byte()
  if (op === OP.block || op === OP.loop || op === OP.if) reader.skipNumber()
  else if (op === OP.br || op === OP.brIf || op === OP.call || (op >= 0x20 && op <= 0x26)) reader.u32()
  else if (op === OP.brTable) [reader.list(() => reader.u32()), reader.u32()]
  else if (op === OP.callIndirect) [reader.u32(), reader.u32()]
  else if (op === 0x1c) reader.list(() => reader.byte())
  else if (op >= 0x28 && op <= 0x3e) memoryArgument(reader)
  else if (op === OP.memorySize || op === OP.memoryGrow) reader.byte()
  else if (op === OP.i32Const || op === OP.i64Const) reader.skipNumber()
  else if (op === 0x43) reader.skip(4)
  else if (op === 0x44) reader.skip(8)
  else if (op === 0xd0) reader.byte()
  else if (op === OP.refFunc) reader.u32()
  else if (op === OP.bulk) skipBulk(reader)
  else if (op === 0xfd) skipVector(reader)
  else if (
    ![OP.unreachable, 0x01, 0x05, OP.end, OP.return, 0x1a, 0x1b, 0xd1].includes(op) &&
    !(op >= 0x45 && op <= 0xc4)
  )
    throw new Error(`unknown instruction 0x${op.toString(16)}`)
  return op
}

/**
 * A function body with other code in place of some instructions.
 * @param {Uint8Array} body
 * @param {(op: number, instruction: Uint8Array) => Uint8Array | undefined} other undefined leaves it as it is
 */
export function replaceInstructions(body, other) {
  const reader = new Reader(body)
  reader.list(() => [reader.u32(), reader.byte()])
  const parts = []
  let copied = 0
  while (!reader.done) {
    const start = reader.at
    const op = step(reader)
    const replacement = other(op, body.subarray(start, reader.at))
    if (!replacement) continue
    parts.push(body.subarray(copied, start), replacement)
    copied = reader.at
  }
  parts.push(body.subarray(copied))
  return Buffer.concat(parts)
}
