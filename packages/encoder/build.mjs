// assembly/ -> dist/encoder.wasm and dist/encoder.debug.wasm. The same input gives the same bytes on every machine.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import binaryen from 'binaryen'
import { checkEveryAccess } from '../kernel/check-every-access.mjs'
import { generateTables } from './tables/generate.mjs'

process.chdir(fileURLToPath(new URL('.', import.meta.url)))
generateTables()

async function compile(entries, debug) {
  const files = new Map()
  const { error, stderr } = await asc.main(
    [
      ...entries,
      ...['--outFile', 'out.wasm', '--textFile', 'out.wast', '--use', `DEBUG=${debug ? 1 : 0}`],
      ...['--optimizeLevel', '3', '--shrinkLevel', '1', '--enable', 'simd', '--runtime', 'stub'],
      ...['--importMemory', '--initialMemory', debug ? '4' : '2', '--zeroFilledMemory'],
      ...['--noAssert', '--use', 'abort=', '--baseDir', '..'],
    ],
    { stderr: asc.createMemoryStream(), writeFile: (name, contents) => files.set(name, contents) },
  )
  if (error) throw new Error(`${error.message}\n${stderr}`)
  return files
}

/** The same source, with every access to memory checked as in the kernel's debug module: for fuzz/. */
async function compileDebug() {
  const entries = ['encoder/assembly/index.ts', 'kernel/assembly/debug/index.ts']
  const { text } = checkEveryAccess((await compile(entries, true)).get('out.wast'))
  const module = binaryen.parseText(text)
  module.setFeatures(binaryen.Features.All)
  if (!module.validate()) throw new Error('the debug module is not valid')
  return module.emitBinary()
}

/** At once, since tests may be reading. */
function write(path, bytes) {
  writeFileSync(`${path}.${process.pid}`, bytes)
  renameSync(`${path}.${process.pid}`, path)
}

mkdirSync('dist', { recursive: true })
write('dist/encoder.debug.wasm', await compileDebug())
write('dist/encoder.wasm', (await compile(['encoder/assembly/index.ts'], false)).get('out.wasm'))
