// assembly/ -> dist/encoder.wasm. The same input gives the same bytes on every machine.
import { mkdirSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { generateTables } from './tables/generate.mjs'

process.chdir(fileURLToPath(new URL('.', import.meta.url)))
generateTables()
const out = 'dist/encoder.wasm'
mkdirSync('dist', { recursive: true })
const { error } = await asc.main(
  [
    'assembly/index.ts',
    '--outFile',
    `${out}.${process.pid}`,
    '--optimizeLevel',
    '3',
    '--shrinkLevel',
    '1',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--importMemory',
    '--initialMemory',
    '2',
    '--zeroFilledMemory',
    '--noAssert',
    '--use',
    'abort=',
  ],
  { stderr: process.stderr },
)
if (error) process.exit(1)
// At once, since tests may be reading.
renameSync(`${out}.${process.pid}`, out)
