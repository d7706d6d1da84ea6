import { defineConfig, type Options } from 'tsup'

const shared: Options = { format: 'esm', target: 'es2022' }

export default defineConfig([
  { ...shared, entry: { main: 'src/main.ts' } },
  // Loaded by their addresses, from beside main.js as from the sources.
  {
    ...shared,
    entry: {
      'parser-worker': 'src/inspect/parser-worker.mjs',
      'sharp-process': 'src/trial/sharp-process.mjs',
    },
    outExtension: () => ({ js: '.mjs' }),
  },
])
