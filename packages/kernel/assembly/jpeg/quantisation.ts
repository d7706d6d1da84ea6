// Quantisation tables: DQT, T.81 B.2.4.1.
import { Code } from '../codes'
import { alloc } from '../memory'
import { Component } from './frame'
import { byteAt, wordAt } from './input'
import { BLOCK_BYTES, ZIGZAG } from './zigzag'

const TABLES: usize = memory.data(4 * BLOCK_BYTES, 16)
let defined: i32 = 0 // bit per table

export function readQuantisers(at: usize, n: i32): Code {
  const end = at + <usize>n
  while (at < end) {
    const wide = byteAt(at) >> 4, id = byteAt(at) & 15
    const bytes: usize = wide ? 128 : 64
    at++
    if (id > 3 || wide > 1 || at + bytes > end) return Code.Corrupt
    for (let k: usize = 0; k < 64; k++) {
      const q = wide ? wordAt(at + 2 * k) : byteAt(at + k)
      store<i16>(TABLES + <usize>(id * BLOCK_BYTES) + (<usize>load<u8>(ZIGZAG + k) << 1), <i16>q)
    }
    defined |= 1 << id
    at += bytes
  }
  return Code.Ok
}

/** A component keeps the table that was in force at its first scan: later ones may redefine it (B.2.4.1). */
export function latchQuantiser(c: Component): Code {
  if (c.quantiser) return Code.Ok
  if (!(defined & (1 << c.quantiserId))) return Code.Corrupt
  c.quantiser = alloc(BLOCK_BYTES)
  if (!c.quantiser) return Code.OutOfMemory
  memory.copy(c.quantiser, TABLES + <usize>(c.quantiserId * BLOCK_BYTES), BLOCK_BYTES)
  return Code.Ok
}
