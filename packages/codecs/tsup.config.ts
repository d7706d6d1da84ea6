import { defineConfig } from 'tsup'

// The hardened modules are already in dist/wasm, so nothing may be cleaned away here. `#modules` stays an import: the
// runtime or the bundler of the application picks the entry that fits it.
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'modules/node': 'src/modules/node.ts',
    'modules/browser': 'src/modules/browser.ts',
    'modules/workerd': 'src/modules/workerd.ts',
    'modules/edge-light': 'src/modules/edge-light.ts',
  },
  format: 'esm',
  target: 'es2022',
  dts: { entry: 'src/index.ts' },
  splitting: false,
  external: ['#modules', /\.wasm(\?module)?$/],
})
