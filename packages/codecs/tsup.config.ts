import { defineConfig } from 'tsup'

// The hardened modules are already in dist/wasm, so nothing may be cleaned away here. `#modules` stays an import: the
// runtime or the bundler of the application picks the entry that fits it.
const external = ['#modules', /\.wasm(\?module)?$/]
const shared = { format: 'esm', target: 'es2022', external } as const

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
    dts: true,
    // One SandboxError for all entries.
    splitting: true,
  },
  {
    ...shared,
    entry: ['node', 'browser', 'workerd', 'edge-light'].map(runtime => `src/modules/${runtime}.ts`),
    outDir: 'dist/modules',
    // A chunk would lie in another folder, and the paths of the modules are relative.
    splitting: false,
  },
])
