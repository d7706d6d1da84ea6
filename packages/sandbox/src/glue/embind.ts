import type { HostFunction, Instance } from '../instance.js'
import { Refusal } from '../sandbox-error.js'

/** The JavaScript that C++ code may construct, by the name it asks for. Anything else ends the instance. */
export type Globals = Readonly<Record<string, (...args: never[]) => unknown>>

/** The C++ functions and structures that a module registered when it started. */
export interface Bindings {
  function(name: string): (...args: number[]) => number
  /** Makes a C++ structure and sets its fields. @returns its address */
  struct(name: string, fields: Readonly<Record<string, number>>): number
  /** The value behind a handle that a function returned; undefined for the handles that mean null and the like. */
  value(handle: number): unknown
}

// Both generations of Emscripten in use keep the handles of null, undefined and the booleans below 10.
const FIRST_HANDLE = 16
const MAX_HANDLES = 64

/**
 * The part of Emscripten's binding layer that image codecs use: functions, one flat structure, and values made by
 * `val::global(name).new_(...)`. The layer as shipped hands any global object and its methods to the code inside; here
 * it hands out what `globals` names. https://emscripten.org/docs/porting/connecting_cpp_and_javascript/embind.html
 */
export function embind(
  self: Instance,
  globals: Globals,
): { imports: Record<string, HostFunction>; bindings: Bindings } {
  const readers = new Map<number, (address: number) => unknown>()
  const functions = new Map<string, (...args: number[]) => number>()
  const structs = new Map<number, Struct>()
  const callers: (readonly number[])[] = []
  const values: unknown[] = []

  const u32 = (address: number) => new DataView(self.memory.buffer).getUint32(address >>> 0, true)
  const entry = (index: number) => {
    const found = (self.exports as { table: WebAssembly.Table }).table.get(index >>> 0)
    if (!found) throw new Refusal(`no function ${index}`)
    return found as (...args: number[]) => number
  }
  const hold = (value: unknown) => {
    if (values.length >= MAX_HANDLES) throw new Refusal('too many values')
    return FIRST_HANDLE + values.push(value) - 1
  }
  const held = (handle: number) => values[handle - FIRST_HANDLE]
  const list = (count: number, address: number) =>
    Array.from({ length: Math.min(count, 16) }, (_, i) => u32(address + 4 * i))
  const newValue = (handle: number, types: readonly number[], args: number) => {
    const make = held(handle)
    if (typeof make !== 'function') throw new Refusal('constructs something that is not a constructor')
    // Each argument stands in a slot of 8 bytes.
    return hold(make(...types.map((type, i) => reader(type)(args + 8 * i))))
  }
  const reader = (type: number) => {
    const found = readers.get(type)
    if (!found) throw new Refusal('a value of a type that is not served')
    return found
  }
  const name = (address: number) => {
    const bytes = new Uint8Array(self.memory.buffer, address >>> 0)
    return String.fromCharCode(...bytes.subarray(0, Math.min(100, bytes.indexOf(0)))).split('(')[0] ?? ''
  }
  const nothing = () => undefined

  const imports: Record<string, HostFunction> = {
    _embind_register_bigint: nothing,
    _embind_register_bool: nothing,
    _embind_register_enum: nothing,
    _embind_register_enum_value: nothing,
    _embind_register_float: nothing,
    _embind_register_std_string: nothing,
    _embind_register_std_wstring: nothing,
    _embind_register_void: nothing,
    _embind_finalize_value_object: nothing,
    _embind_register_integer: (type = 0, _name, size) => {
      if (size === 4) readers.set(type, u32)
      return undefined
    },
    _embind_register_emval: (type = 0) => {
      readers.set(type, address => held(u32(address)))
      return undefined
    },
    _embind_register_memory_view: (type = 0, element) => {
      const UNSIGNED_BYTE = 1
      if (element === UNSIGNED_BYTE)
        readers.set(type, address => new Uint8Array(self.memory.buffer, u32(address + 4), u32(address)))
      return undefined
    },
    _embind_register_function: (nameAt = 0, _count, _types, _signature, invoker = 0, target = 0) => {
      functions.set(name(nameAt), (...args) => entry(invoker)(target, ...args))
      return undefined
    },
    _embind_register_value_object: (type = 0, nameAt = 0, _signature, construct = 0) => {
      structs.set(type, { name: name(nameAt), construct, fields: new Map() })
      return undefined
    },
    _embind_register_value_object_field: (
      type = 0,
      nameAt = 0,
      _gt,
      _gs,
      _g,
      _gc,
      _st,
      _ss,
      setter = 0,
      context = 0,
    ) => {
      structs.get(type)?.fields.set(name(nameAt), { setter, context })
      return undefined
    },
    _emval_incref: nothing,
    _emval_decref: nothing,
    _emval_run_destructors: nothing,
    _emval_get_global: (nameAt = 0) => {
      const wanted = name(nameAt)
      if (!Object.hasOwn(globals, wanted)) throw new Refusal(`asks for the global ${wanted}`)
      return hold(globals[wanted])
    },
    _emval_new: (handle = 0, count = 0, types = 0, args = 0) => newValue(handle, list(count, types), args),
    _emval_get_method_caller: (count = 0, types = 0, kind) => {
      const CONSTRUCTOR = 1
      if (kind !== CONSTRUCTOR || callers.length >= MAX_HANDLES) throw new Refusal('calls a method')
      // The first type is that of the result.
      return callers.push(list(count, types).slice(1)) - 1
    },
    _emval_call: (caller = 0, handle = 0, _destructors, args = 0) =>
      newValue(handle, callers[caller] ?? [], args),
  }

  const bindings: Bindings = {
    function(wanted) {
      const found = functions.get(wanted)
      if (!found) throw new Refusal(`no function ${wanted}`)
      return found
    },
    struct(wanted, fields) {
      const struct = [...structs.values()].find(each => each.name === wanted)
      if (!struct) throw new Refusal(`no structure ${wanted}`)
      const address = entry(struct.construct)()
      for (const [field, { setter, context }] of struct.fields) {
        const value = fields[field]
        if (value === undefined) throw new TypeError(`${wanted}.${field} is missing`)
        entry(setter)(context, address, value)
      }
      return address
    },
    value: held,
  }
  return { imports, bindings }
}

interface Struct {
  readonly name: string
  readonly construct: number
  readonly fields: Map<string, { setter: number; context: number }>
}
