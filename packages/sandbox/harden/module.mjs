// A module taken apart into the lists that hardening changes; the rest stays as it was.
import { KIND, list, parse, Reader, SECTION, serialize, text, u32 } from './binary.mjs'

/** @import { Bytes, Sections } from './binary.mjs' */

/**
 * A function, table, memory or global from outside.
 * @typedef {object} Import
 * @property {string} module
 * @property {string} name
 * @property {number} kind one of `KIND`
 * @property {Uint8Array} type as encoded
 */

/** @typedef {{ name: string, kind: number, index: number }} Export `kind` is one of `KIND` */

/**
 * A module taken apart. Entries are as encoded where nothing looks into them.
 * @typedef {object} Wasm
 * @property {Sections} sections those that are not listed here keep their bytes
 * @property {Record<string, Bytes>} custom sections to add, by name
 * @property {Uint8Array[]} types
 * @property {Import[]} imports
 * @property {number[]} functions the type of each that is defined, as index in `types`
 * @property {Uint8Array[]} memories
 * @property {Uint8Array[]} globals
 * @property {Export[]} exports
 * @property {Uint8Array[]} bodies of the functions, without their length
 */

/** Of a memory or table: from how many to how many. @param {Reader} reader */
function limits(reader) {
  const bounded = reader.byte() & 1
  reader.u32()
  if (bounded) reader.u32()
}

/** @param {Reader} reader @returns {Import} */
function importEntry(reader) {
  const module = reader.name()
  const name = reader.name()
  const kind = reader.byte()
  const type = reader.verbatim(() => {
    if (kind === KIND.function) reader.u32()
    else if (kind === KIND.table) {
      reader.byte()
      limits(reader)
    } else if (kind === KIND.memory) limits(reader)
    else reader.skip(2)
  })
  return { module, name, kind, type }
}

/**
 * A type and a constant initialiser: everything up to its `end`. None of ours holds more than one
 * instruction.
 * @param {Reader} reader
 */
function globalEntry(reader) {
  return reader.verbatim(() => {
    reader.skip(2)
    const opcode = reader.byte()
    if (opcode === 0x43) reader.skip(4)
    else if (opcode === 0x44) reader.skip(8)
    else if (opcode === 0x41 || opcode === 0x42 || opcode === 0x23) reader.skipNumber()
    else throw new Error(`global with an initialiser that is not a constant (0x${opcode.toString(16)})`)
    if (reader.byte() !== 0x0b) throw new Error('global with a longer initialiser')
  })
}

/** What a function takes and gives. @param {Reader} reader */
function typeEntry(reader) {
  return reader.verbatim(() => {
    reader.byte()
    reader.skip(reader.u32())
    reader.skip(reader.u32())
  })
}

/** @param {Reader} reader */
function bodyEntry(reader) {
  const length = reader.u32()
  const start = reader.at
  reader.skip(length)
  return reader.bytes.subarray(start, reader.at)
}

/** @param {Uint8Array} bytes @returns {Wasm} */
export function disassemble(bytes) {
  const sections = parse(bytes)
  /**
   * @template Entry
   * @param {number} id
   * @param {(reader: Reader) => Entry} item
   */
  const read = (id, item) => {
    const reader = new Reader(sections.get(id) ?? new Uint8Array([0]))
    return reader.list(() => item(reader))
  }
  const functions = read(SECTION.function, r => r.u32())
  const bodies = read(SECTION.code, bodyEntry)
  if (functions.length !== bodies.length)
    throw new Error(`${functions.length} functions, ${bodies.length} bodies`)
  return {
    sections,
    custom: {},
    types: read(SECTION.type, typeEntry),
    imports: read(SECTION.import, importEntry),
    functions,
    memories: read(SECTION.memory, r => r.verbatim(() => limits(r))),
    globals: read(SECTION.global, globalEntry),
    exports: read(SECTION.export, r => ({ name: r.name(), kind: r.byte(), index: r.u32() })),
    bodies,
  }
}

/** @param {Wasm} wasm */
export function assemble(wasm) {
  const sections = new Map(wasm.sections)
  /** @param {number} id @param {readonly Bytes[]} items */
  const write = (id, items) => (items.length ? sections.set(id, list(items)) : sections.delete(id))
  write(SECTION.type, wasm.types)
  write(
    SECTION.import,
    wasm.imports.map(i => [...text(i.module), ...text(i.name), i.kind, ...i.type]),
  )
  write(SECTION.function, wasm.functions.map(u32))
  write(SECTION.memory, wasm.memories)
  write(SECTION.global, wasm.globals)
  write(
    SECTION.export,
    wasm.exports.map(e => [...text(e.name), e.kind, ...u32(e.index)]),
  )
  write(
    SECTION.code,
    wasm.bodies.map(body => Buffer.concat([Buffer.from(u32(body.length)), body])),
  )
  return serialize(sections, wasm.custom)
}

/** How many are imported, which come first in their index space. @param {Wasm} wasm @param {number} kind */
function imported(wasm, kind) {
  return wasm.imports.filter(entry => entry.kind === kind).length
}

/**
 * Adds an exported mutable global.
 * @param {Wasm} wasm
 * @param {string} name
 * @param {number} type
 * @param {readonly number[]} initial the constant instruction that it begins with
 * @returns its index
 */
export function addGlobal(wasm, name, type, initial) {
  const index = imported(wasm, KIND.global) + wasm.globals.push(Uint8Array.of(type, 1, ...initial, 0x0b)) - 1
  wasm.exports.push({ name, kind: KIND.global, index })
  return index
}

/**
 * Adds a function at the end, where it shifts no index.
 * @param {Wasm} wasm @param {readonly number[]} type @param {readonly number[]} body
 * @returns its index
 */
export function addFunction(wasm, type, body) {
  const typeIndex = wasm.types.push(Uint8Array.from(type)) - 1
  wasm.bodies.push(Uint8Array.from(body))
  return imported(wasm, KIND.function) + wasm.functions.push(typeIndex) - 1
}
