// A module taken apart into the lists that hardening changes; the rest stays as it was.
import { KIND, list, parse, Reader, SECTION, serialize, text, u32 } from './binary.mjs'

const limits = reader => {
  const bounded = reader.byte() & 1
  reader.u32()
  if (bounded) reader.u32()
}

const importEntry = reader => {
  const module = reader.name()
  const name = reader.name()
  const kind = reader.byte()
  const type = reader.verbatim(() => {
    if (kind === KIND.function) reader.u32()
    else if (kind === KIND.table) [reader.byte(), limits(reader)]
    else if (kind === KIND.memory) limits(reader)
    else reader.skip(2)
  })
  return { module, name, kind, type }
}

/** A constant initialiser: everything up to its `end`. None of ours holds more than one instruction. */
const globalEntry = reader =>
  reader.verbatim(() => {
    reader.skip(2)
    const opcode = reader.byte()
    if (opcode === 0x43) reader.skip(4)
    else if (opcode === 0x44) reader.skip(8)
    else if (opcode === 0x41 || opcode === 0x42 || opcode === 0x23) reader.skipNumber()
    else throw new Error(`global with an initialiser that is not a constant (0x${opcode.toString(16)})`)
    if (reader.byte() !== 0x0b) throw new Error('global with a longer initialiser')
  })

const bodyEntry = reader => {
  const length = reader.u32()
  const start = reader.at
  reader.skip(length)
  return reader.bytes.subarray(start, reader.at)
}

export function disassemble(bytes) {
  const sections = parse(bytes)
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
    types: read(SECTION.type, r => r.verbatim(() => [r.byte(), r.skip(r.u32()), r.skip(r.u32())])),
    imports: read(SECTION.import, importEntry),
    functions,
    memories: read(SECTION.memory, r => r.verbatim(() => limits(r))),
    globals: read(SECTION.global, globalEntry),
    exports: read(SECTION.export, r => ({ name: r.name(), kind: r.byte(), index: r.u32() })),
    bodies,
  }
}

export function assemble(wasm) {
  const sections = new Map(wasm.sections)
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

const imported = (wasm, kind) => wasm.imports.filter(entry => entry.kind === kind).length

/** Adds an exported mutable global; its initialiser is zero. Returns its index. */
export function addGlobal(wasm, name, type, zero) {
  const index = imported(wasm, KIND.global) + wasm.globals.push([type, 1, ...zero, 0x0b]) - 1
  wasm.exports.push({ name, kind: KIND.global, index })
  return index
}

/** Adds a function at the end, where it shifts no index. Returns its index. */
export function addFunction(wasm, type, body) {
  const typeIndex = wasm.types.push(type) - 1
  wasm.bodies.push(Buffer.from(body))
  return imported(wasm, KIND.function) + wasm.functions.push(typeIndex) - 1
}
