import { readFileSync } from 'node:fs'
import { hardenOurs } from '@sluice/sandbox/harden'
import { describe, expect, it } from 'vitest'
import { disassemble } from '../../sandbox/harden/module.mjs'
import { instructionsOf } from '../../sandbox/test/toy-module.js'
import { differences, hardenAll } from '../harden/harden.mjs'
import { hardenLibheif, LIBHEIF } from '../harden/libheif.mjs'
import { MODULES, OURS } from '../harden/modules.mjs'

const built = hardenAll()
const manifest = JSON.parse(readFileSync(new URL('../harden/manifest.json', import.meta.url), 'utf8'))
const source = name => readFileSync(new URL(import.meta.resolve(MODULES[name].source)))
const rulesOf = ({ name }) => MODULES[name]
/** `unreachable`, `end`: what is left of a function that nothing calls. */
const trap = '00,0b'
const uncalled = {
  lcms: 25,
  png: 42,
  resize: 1,
  oxipng: 7,
  'jpeg-dec': 3,
  'jpeg-enc': 3,
  'webp-dec': 3,
  'webp-enc': 3,
  'webp-enc-simd': 4,
  'avif-dec': 3,
  'avif-enc': 7,
}

describe('the hardened modules', () => {
  it('are those of the manifest, and the same each time', () => {
    expect(built.length).toBeGreaterThanOrEqual(6)
    expect(Object.keys(manifest)).toEqual(built.map(each => each.name))
    expect(differences(built, manifest)).toEqual([])
    for (const [i, { bytes }] of hardenAll().entries())
      expect(Buffer.from(bytes).equals(built[i].bytes)).toBe(true)
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

  const ours = Object.entries(OURS)
  it.each(ours)(
    'of our own are bounded in memory in the same way, and import nothing else: %s',
    (name, kept) => {
      const source = readFileSync(new URL(import.meta.resolve(`@sluice/${name}/${name}.wasm`)))
      const module = new WebAssembly.Module(hardenOurs(source, kept))
      expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
      const names = WebAssembly.Module.exports(module).map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['pages', 'limit', 'refused']))
      if (kept) expect([...names].sort()).toEqual([...kept, 'pages', 'limit', 'refused'].sort())
    },
  )

  it('are less than a tenth larger', () => {
    const sum = sizes => sizes.reduce((one, other) => one + other, 0)
    const before = sum(built.map(({ name }) => source(name).length))
    expect(sum(built.map(({ bytes }) => bytes.length))).toBeLessThan(1.1 * before)
  })

  it.each(built)('hold every instruction of the codec, in its order: $name', ({ name, bytes }) => {
    const before = disassemble(source(name))
    const after = disassemble(bytes)
    expect(before.bodies.length).toBeGreaterThan(10)
    let emptied = 0
    for (const [i, body] of before.bodies.entries()) {
      if (instructionsOf(after.bodies[i]).join() === trap) {
        emptied++
        continue
      }
      const wanted = instructionsOf(body).filter(code => !code.startsWith('3f') && !code.startsWith('40'))
      let found = 0
      for (const code of instructionsOf(after.bodies[i])) if (code === wanted[found]) found++
      expect(found).toBe(wanted.length)
    }
    expect(emptied).toBe(uncalled[name])
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
