// Compiles assembly/ to dist/kernel.wasm and dist/kernel.debug.wasm.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import binaryen from 'binaryen'
import { checkEveryAccess } from './check-every-access.mjs'
import { generateTables } from './tables/generate.mjs'

const root = dirname(fileURLToPath(import.meta.url))

/** Pages that the module itself needs; the caller's Memory may have more. */
const INITIAL_PAGES = 8

// The text must be .wast: only that is nested expressions, which check-every-access.mjs reads.
async function compile(entries, debug) {
  const files = new Map()
  const stderr = asc.createMemoryStream()
  const { error } = await asc.main(
    [
      ...entries,
      ...['--outFile', 'out.wasm', '--textFile', 'out.wast', '--use', `DEBUG=${debug ? 1 : 0}`],
      ...['--runtime', 'stub', '--enable', 'simd', '-O3', '--converge', '--noAssert'],
      ...[
        '--importMemory',
        '--zeroFilledMemory',
        '--initialMemory',
        `${debug ? INITIAL_PAGES + 1 : INITIAL_PAGES}`,
      ],
      ...['--baseDir', root],
    ],
    { stderr, writeFile: (name, contents) => files.set(name, contents) },
  )
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`)
  return files
}

/** The debug module: the same source, and every access to memory goes through a check. */
async function compileDebug() {
  const files = await compile(['assembly/index.ts', 'assembly/debug/index.ts'], true)
  const { text, functions } = checkEveryAccess(files.get('out.wast'))
  const module = binaryen.parseText(text)
  module.setFeatures(binaryen.Features.All)
  if (!module.validate()) throw new Error('the debug module is not valid')
  // For those who print coverage: fuzz/coverage.mjs.
  module.addCustomSection('functions', new TextEncoder().encode(functions.join('\n')))
  return module.emitBinary()
}

generateTables()
await mkdir(join(root, 'dist'), { recursive: true })
const release = (await compile(['assembly/index.ts'], false)).get('out.wasm')
await writeFile(join(root, 'dist/kernel.wasm'), release)
const debug = await compileDebug()
await writeFile(join(root, 'dist/kernel.debug.wasm'), debug)
console.log(`kernel.wasm ${release.length} bytes, kernel.debug.wasm ${debug.length} bytes`)
