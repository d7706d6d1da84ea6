import { defineConfig, type Options } from 'tsup'

// The hardened modules are already in dist/wasm, so nothing may be cleaned away here. `#modules` stays an import: the
// runtime or the bundler of the application picks the entry that fits it.
const shared: Options = {
  format: 'esm',
  target: 'es2022',
  removeNodeProtocol: false,
  external: ['#modules', '#threads', '#avif-modules', '#libheif', /\.wasm(\?module)?$/],
}

export default defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      'testing/index': 'src/testing/index.ts',
      ...entries('avif', ['index']),
      ...entries('heic', ['index']),
      ...entries('peers', ['sharp-renderer', 'wasm-vips-renderer']),
      ...entries('pool', ['render-worker']),
    },
    dts: {
      entry: {
        index: 'src/index.ts',
        'testing/index': 'src/testing/index.ts',
        ...entries('avif', ['index']),
        ...entries('heic', ['index']),
        ...entries('peers', ['sharp-renderer', 'wasm-vips-renderer']),
      },
    },
    // One SandboxError for all entries.
    splitting: true,
  },
  {
    ...shared,
    entry: {
      ...entries('modules', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('avif/modules', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('heic', ['sluice-libheif']),
      ...entries('heic/module', ['node', 'given']),
      ...entries('pool', ['threads-node', 'threads-web']),
    },
    // A chunk would lie in another folder, and the paths of the modules are relative.
    splitting: false,
  },
])

function entries(folder: string, names: readonly string[]) {
  return Object.fromEntries(names.map(name => [`${folder}/${name}`, `src/${folder}/${name}.ts`]))
}
