// assembly/ -> dist/encoder.wasm. The same input gives the same bytes on every machine.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { generateTables } from './tables/generate.mjs'

process.chdir(fileURLToPath(new URL('.', import.meta.url)))
generateTables()
mkdirSync('dist', { recursive: true })
const { error } = await asc.main(
  [
    'assembly/index.ts',
    '--outFile',
    'dist/encoder.wasm',
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
