import { readFileSync } from 'node:fs'
import { harden, hardenOurs } from '@sluice/sandbox/harden'
import { describe, expect, it } from 'vitest'
import { Reader } from '../../sandbox/harden/binary.mjs'
import { meter } from '../../sandbox/harden/fuel.mjs'
import { OP, step } from '../../sandbox/harden/instructions.mjs'
import { countPages, importMemory } from '../../sandbox/harden/memory.mjs'
import { assemble, disassemble } from '../../sandbox/harden/module.mjs'
import { differences, hardenAll } from '../harden/harden.mjs'
import { hardenLibheif, LIBHEIF } from '../harden/libheif.mjs'
import { MODULES, OURS } from '../harden/modules.mjs'

const built = hardenAll()
const manifest = JSON.parse(readFileSync(new URL('../harden/manifest.json', import.meta.url), 'utf8'))
const source = name => readFileSync(new URL(import.meta.resolve(MODULES[name].source)))
const rulesOf = ({ name }) => MODULES[name]

describe('the hardened modules', () => {
  it('are those of the manifest, and the same each time', () => {
    expect(built.length).toBeGreaterThanOrEqual(6)
    expect(Object.keys(manifest)).toEqual(built.map(each => each.name))
    expect(differences(built, manifest)).toEqual([])
    for (const [i, { bytes }] of hardenAll().entries()) expect(bytes.equals(built[i].bytes)).toBe(true)
  })

  it('fail the build when a dependency or an output changed, and say which', () => {
    const changed = structuredClone(manifest)
    changed.png.source = '0'.repeat(64)
    changed.resize.hardened = '1'.repeat(64)
    delete changed['webp-dec']
    const words = differences(built, changed).join('\n')
    expect(words).toMatch(/png: source is [0-9a-f]{64}, the manifest says 0{64}/)
    expect(words).toMatch(/resize: hardened is/)
    expect(words).toMatch(/webp-dec: source is/)
  })

  it.each(built)('import what the list allows and nothing else: $name', each => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(each.bytes))
    for (const { module, name } of imports) expect(rulesOf(each).imports).toContain(`${module}.${name}`)
    expect(imports.filter(({ kind }) => kind === 'memory')).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ])
  })

  it.each(built)('export no memory, and fuel where they are metered: $name', each => {
    const names = WebAssembly.Module.exports(new WebAssembly.Module(each.bytes)).map(({ name }) => name)
    expect(names).not.toContain('memory')
    expect(names).toContain('pages')
    expect(names.includes('fuel')).toBe(rulesOf(each).metered)
  })

  it.each(OURS)('of our own are bounded in memory in the same way, and import nothing else: %s', name => {
    const source = readFileSync(new URL(import.meta.resolve(`@sluice/${name}/${name}.wasm`)))
    const module = new WebAssembly.Module(hardenOurs(source))
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
    const names = WebAssembly.Module.exports(module).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['pages', 'limit', 'refused']))
  })

  it('are less than a tenth larger', () => {
    const sum = sizes => sizes.reduce((one, other) => one + other, 0)
    const before = sum(built.map(({ name }) => source(name).length))
    expect(sum(built.map(({ bytes }) => bytes.length))).toBeLessThan(1.1 * before)
  })

  it.each(built)('hold every instruction of the codec, in its order: $name', ({ name, bytes }) => {
    const before = disassemble(source(name))
    const after = disassemble(bytes)
    expect(before.bodies.length).toBeGreaterThan(10)
    for (const [i, body] of before.bodies.entries()) {
      const wanted = instructions(body).filter(code => !code.startsWith('3f') && !code.startsWith('40'))
      let found = 0
      for (const code of instructions(after.bodies[i])) if (code === wanted[found]) found++
      expect(found).toBe(wanted.length)
    }
  })
})

describe('libheif, which others install', () => {
  const file = name => readFileSync(new URL(import.meta.resolve(`libheif-js/${name}`)))
  const bytes = hardenLibheif(file('libheif-wasm/libheif.wasm'))

  it('is of the version that is asked for, and hardened as the others are', () => {
    const { peerDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(peerDependencies['libheif-js']).toBe(LIBHEIF.version)
    expect(JSON.parse(file('package.json').toString()).version).toBe(LIBHEIF.version)
    const module = new WebAssembly.Module(bytes)
    const names = WebAssembly.Module.exports(module).map(({ name }) => name)
    expect(names).toContain('fuel')
    expect(names).not.toContain('memory')
    expect(WebAssembly.Module.imports(module).every(each => each.module === 'env')).toBe(true)
  })

  it('is refused when it is another file', () => {
    const other = file('libheif-wasm/libheif.wasm')
    other[1000] ^= 1
    expect(() => hardenLibheif(other)).toThrow(/not libheif.wasm of libheif-js 1/)
  })
})

function instructions(body) {
  const reader = new Reader(body)
  reader.list(() => [reader.u32(), reader.byte()])
  const list = []
  while (!reader.done) list.push(Buffer.from(reader.verbatim(() => step(reader))).toString('hex'))
  return list
}

/** A module with one exported function of type (i32) -> (), and a memory of one page. */
function moduleOf(code, { imports = [] } = {}) {
  const wasm = disassemble(Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
  wasm.types = [[0x60, 1, OP.i32, 0]]
  wasm.imports = imports
  wasm.functions = [0]
  wasm.memories = [[0, 1]]
  wasm.exports = [{ name: 'run', kind: 0, index: imports.length }]
  wasm.bodies = [Buffer.from([0, ...code, OP.end])]
  return wasm
}

function instantiate(wasm, fuel, imports = {}) {
  importMemory(wasm)
  meter(wasm)
  const module = new WebAssembly.Module(assemble(wasm))
  const env = { memory: new WebAssembly.Memory({ initial: 1 }), ...imports }
  const { exports } = new WebAssembly.Instance(module, { env })
  exports.fuel.value = BigInt(fuel)
  return exports
}

const I32_EQZ = 0x45
const { br: BR, brIf: BR_IF } = OP
const ENDLESS = [OP.loop, OP.empty, BR, 0, OP.end]
// for (;n > 0; n--) {}, at least once
const countDown = inside => [
  ...[OP.loop, OP.empty, ...inside],
  ...[OP.localGet, 0, OP.i32Const, 1, OP.i32Sub, OP.localTee, 0, BR_IF, 0, OP.end],
]

describe('memory', () => {
  it('grows up to the limit, in a memory that may be larger, and says what was refused', () => {
    const wasm = moduleOf([OP.localGet, 0, OP.memoryGrow, 0, OP.globalSet, 0])
    wasm.globals = [Buffer.from([OP.i32, 1, OP.i32Const, 0, OP.end])]
    wasm.exports.push({ name: 'answer', kind: 3, index: 0 })
    countPages(wasm, importMemory(wasm))
    const memory = new WebAssembly.Memory({ initial: 4, maximum: 10 })
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble(wasm)), { env: { memory } })
    const { run, answer, pages, limit, refused } = exports
    const grow = by => {
      run(by)
      return [answer.value, pages.value, refused.value, memory.buffer.byteLength / 65_536]
    }
    limit.value = 6
    expect(grow(2)).toEqual([1, 3, 0, 4])
    expect(grow(3)).toEqual([3, 6, 0, 6])
    expect(grow(1)).toEqual([-1, 6, 1, 6])
    limit.value = 65_536
    expect(grow(4)).toEqual([6, 10, 1, 10])
    expect(grow(5)).toEqual([-1, 10, 5, 10])
    expect(grow(-1)).toEqual([-1, 10, -1, 10])
  })
})

describe('fuel', () => {
  it('is empty until it is filled', () => {
    const { run, fuel } = instantiate(moduleOf([]), 0)
    expect(() => run(0)).toThrow(WebAssembly.RuntimeError)
    expect(fuel.value).toBe(-1n)
  })

  it('ends an endless loop, and an endless recursion', () => {
    for (const code of [ENDLESS, [OP.localGet, 0, OP.call, 0]]) {
      const { run, fuel } = instantiate(moduleOf(code), 1000)
      expect(() => run(0)).toThrow('unreachable')
      expect(fuel.value).toBe(-1n)
    }
  })

  it('is one for the function and one for each turn of a loop', () => {
    const { run, fuel } = instantiate(moduleOf(countDown([])), 1000)
    run(7)
    expect(fuel.value).toBe(1000n - 8n)
  })

  it('is right after a loop that is left in the middle, and after one inside another', () => {
    // block loop; if (n-- == 0) break; continue; end end
    const leave = [
      ...[OP.block, OP.empty, OP.loop, OP.empty, OP.localGet, 0, I32_EQZ, BR_IF, 1],
      ...[OP.localGet, 0, OP.i32Const, 1, OP.i32Sub, OP.localSet, 0, BR, 0, OP.end, OP.end],
    ]
    for (const [code, used] of [
      [leave, 1 + 6],
      [countDown([OP.loop, OP.empty, OP.end]), 1 + 10],
      [[...countDown([]), ...leave], 1 + 5 + 1],
    ]) {
      const { run, fuel } = instantiate(moduleOf(code), 1000)
      run(5)
      expect(1000n - fuel.value).toBe(BigInt(used))
    }
  })

  it('is seen by a loop that calls when the callee took some', () => {
    const imports = [{ module: 'env', name: 'take', kind: 0, type: [0] }]
    let exports
    const take = () => {
      exports.fuel.value -= 100n
    }
    exports = instantiate(moduleOf(countDown([OP.i32Const, 0, OP.call, 0]), { imports }), 1000, { take })
    exports.run(3)
    expect(exports.fuel.value).toBe(1000n - 4n - 300n)
  })

  it('is seen by a loop that calls nothing inside one that calls', () => {
    const imports = [{ module: 'env', name: 'take', kind: 0, type: [0] }]
    let exports
    const take = () => {
      exports.fuel.value -= 100n
    }
    const inner = [OP.loop, OP.empty, OP.end]
    exports = instantiate(moduleOf(countDown([OP.i32Const, 0, OP.call, 0, ...inner]), { imports }), 1000, {
      take,
    })
    exports.run(3)
    expect(exports.fuel.value).toBe(1000n - 1n - 3n * 102n)
  })
})

describe('a module that is not as expected fails the build', () => {
  const rules = { metered: true, imports: ['env.memory'], exports: { run: 'run' } }
  const bytes = wasm => assemble(wasm)

  it('with an import that is not on the list', () => {
    const imports = [{ module: 'wasi', name: 'path_open', kind: 0, type: [0] }]
    expect(() => harden(bytes(moduleOf([], { imports })), rules)).toThrow(
      'imports wasi.path_open, which is not allowed',
    )
  })

  it('with an instruction that is not known', () => {
    expect(() => harden(bytes(moduleOf([0xfe, 0x00])), rules)).toThrow('unknown instruction 0xfe')
  })

  it('without an export that is needed', () => {
    expect(() => harden(bytes(moduleOf([])), { ...rules, exports: { go: 'go' } })).toThrow(
      'export go is missing',
    )
  })

  it('with a shared memory', () => {
    const wasm = moduleOf([])
    wasm.memories = [[3, 1, 2]]
    expect(() => harden(bytes(wasm), rules)).toThrow('shared')
  })

  it('cut at any byte', () => {
    const whole = bytes(moduleOf(countDown([])))
    for (let length = 0; length < whole.length; length++)
      expect(() => harden(whole.subarray(0, length), rules)).toThrow()
  })
})
