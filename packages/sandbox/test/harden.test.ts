import { describe, expect, it } from 'vitest'
import { Reader, s64, u32 } from '../harden/binary.mjs'
import { harden, hardenOurs } from '../harden/index.mjs'
import { OP } from '../harden/instructions.mjs'
import { loopsOf } from '../harden/loops.mjs'
import { addFunction, assemble, disassemble, type Wasm } from '../harden/module.mjs'
import { countDown, endless, instructionsOf, moduleOf, take } from './toy-module.js'

const rules = { metered: true, imports: ['env.memory'], exports: { run: 'run' } }

describe('a hardened module', () => {
  it('imports its memory, exports its gauges, and holds every instruction in its order', () => {
    const source = assemble(moduleOf(countDown([])))
    const bytes = harden(source, rules)
    const module = new WebAssembly.Module(bytes)
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
    const names = WebAssembly.Module.exports(module).map(({ name }) => name)
    expect(names).toEqual(['run', 'fuel', 'pages', 'limit', 'refused'])
    const [before, after] = [source, bytes].map(each => disassemble(each).bodies[0])
    if (!before || !after) throw new Error('a module without its function')
    const left = instructionsOf(before)
    for (const code of instructionsOf(after)) if (code === left[0]) left.shift()
    expect(left).toEqual([])
  })

  it('of ours is not metered again', () => {
    const module = new WebAssembly.Module(hardenOurs(assemble(moduleOf([]))))
    expect(WebAssembly.Module.exports(module).map(({ name }) => name)).not.toContain('fuel')
    expect(() => hardenOurs(assemble(moduleOf([], [take])))).toThrow('imports more than its memory')
  })

  it('has the names that the glue gives', () => {
    const imports = [{ ...take, module: 'a', name: 'b' }]
    const allowed = { ...rules, imports: ['env.memory', 'env.take'] }
    const bytes = harden(assemble(moduleOf([], imports)), { ...allowed, glue: 'wasmImports={b:_take}' })
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))[0]?.name).toBe('take')
    for (const glue of ['wasmImports={c:_take}', 'wasmImports={b}', 'imports={}'])
      expect(() => harden(assemble(moduleOf([], imports)), { ...allowed, glue })).toThrow('glue')
  })
})

describe('what only a dropped export led to', () => {
  const nothing = [0x60, 0, 0]
  const body = [0, OP.i32Const, 7, 0x1a, OP.end]
  /** `run`, `spare`, which is exported as well, and what that calls. */
  function withSpare(code: readonly number[]) {
    const wasm = moduleOf(code)
    const spare = addFunction(wasm, nothing, [0, OP.call, 2, OP.end])
    addFunction(wasm, nothing, body)
    wasm.exports.push({ name: 'spare', kind: 0, index: spare })
    return wasm
  }
  const left = (wasm: Wasm, exports: Record<string, string>) =>
    disassemble(harden(assemble(wasm), { ...rules, metered: false, exports })).bodies.map(body => [...body])
  const empty = [0, OP.unreachable, OP.end]

  it('is emptied, and nothing else', () => {
    expect(left(withSpare([]), { run: 'run' }).slice(1, 3)).toEqual([empty, empty])
    expect(left(withSpare([]), { run: 'run', spare: 'spare' })).not.toContainEqual(empty)
  })

  it.each([
    ['called', [OP.call, 1], () => {}],
    [
      'in a table',
      [],
      (wasm: Wasm) => {
        wasm.sections.set(4, Uint8Array.of(1, 0x70, 0, 1))
        wasm.sections.set(9, Uint8Array.of(1, 0, OP.i32Const, 0, OP.end, 1, 1))
      },
    ],
    ['run at the start', [], (wasm: Wasm) => void wasm.sections.set(8, Uint8Array.of(1))],
  ])('stays where it is %s', (_, code, change) => {
    const wasm = withSpare(code)
    change(wasm)
    const bodies = left(wasm, { run: 'run' })
    expect(bodies[2]).toEqual(body)
    expect(bodies).not.toContainEqual(empty)
  })

  it('is not looked for in tables of another kind: that fails the build', () => {
    const wasm = withSpare([])
    wasm.sections.set(9, Uint8Array.of(1, 1, 0, 1, 1))
    expect(() => left(wasm, { run: 'run' })).toThrow('another kind')
  })
})

describe('a module that is not as expected fails the build', () => {
  it('with an import that is not on the list', () => {
    const imports = [{ ...take, module: 'wasi', name: 'path_open' }]
    expect(() => harden(assemble(moduleOf([], imports)), rules)).toThrow(
      'imports wasi.path_open, which is not allowed',
    )
  })

  it('with an instruction that is not known', () => {
    expect(() => harden(assemble(moduleOf([0xfe, 0x00])), rules)).toThrow('unknown instruction 0xfe')
    expect(() => harden(assemble(moduleOf([0xfc, 18])), rules)).toThrow('unknown instruction 0xfc 18')
  })

  it('without an export that is needed', () => {
    expect(() => harden(assemble(moduleOf([])), { ...rules, exports: { go: 'go' } })).toThrow(
      'export go is missing',
    )
  })

  it('with a shared memory', () => {
    const wasm = moduleOf([])
    wasm.memories = [Uint8Array.of(3, 1, 2)]
    expect(() => harden(assemble(wasm), rules)).toThrow('shared')
  })

  it('with a block that does not end, or an end too many', () => {
    expect(() => harden(assemble(moduleOf([OP.loop, OP.empty])), rules)).toThrow('ends inside a block')
    expect(() => harden(assemble(moduleOf([OP.end])), rules)).toThrow('after the last end')
  })

  it('cut at any byte', () => {
    const whole = assemble(moduleOf(countDown([])))
    for (let length = 0; length < whole.length; length++)
      expect(() => harden(whole.subarray(0, length), rules)).toThrow()
  })
})

describe('the reader', () => {
  it('reads the numbers that are written', () => {
    for (const value of [0, 1, 127, 128, 65_535, 2 ** 31, 2 ** 32 - 1]) {
      expect(new Reader(Uint8Array.from(u32(value))).u32()).toBe(value)
      const signed = new Reader(Uint8Array.from(s64(value)))
      signed.skipNumber()
      expect(signed.done).toBe(true)
    }
  })

  it('stops at its end, and at a number that does not', () => {
    const reader = new Reader(Uint8Array.of(1, 2, 3, 4), 1, 3)
    expect(() => reader.skip(3)).toThrow('unexpected end at byte 1')
    reader.skip(2)
    expect(() => reader.byte()).toThrow('unexpected end at byte 3')
    const long = Uint8Array.from({ length: 12 }, () => 255)
    expect(() => new Reader(long).u32()).toThrow('number too long')
    expect(() => new Reader(long).skipNumber()).toThrow('number too long')
  })

  it('finds each loop with what is known about it', () => {
    const code = Uint8Array.of(...endless, OP.call, 0, ...countDown([OP.return]), OP.end)
    expect(loopsOf(new Reader(code))).toEqual([
      { start: 0, head: 2, end: 5, calls: false, leaves: false, afterCalls: true },
      { start: 7, head: 9, end: 20, calls: false, leaves: true, afterCalls: true },
    ])
  })
})
