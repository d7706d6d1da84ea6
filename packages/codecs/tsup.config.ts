import { defineConfig, type Options } from 'tsup'
import { carry } from './bundle/carry.mjs'

// The hardened modules are already in dist/wasm, so nothing may be cleaned away here. `#modules` stays an import: the
// runtime or the bundler of the application picks the entry that fits it.
const shared: Options = {
  format: 'esm',
  target: 'es2022',
  removeNodeProtocol: false,
  external: [
    ...[
      '#modules',
      '#threads',
      '#shared',
      '#carried',
      '#parts',
      '#avif-modules',
      '#jsquash-modules',
      '#jpeg-modules',
      '#png-modules',
      '#libheif',
    ],
    /\.wasm(\?module)?$/,
  ],
}

const published = {
  ...entries('', ['index', 'jsquash']),
  ...entries('testing', ['index']),
  ...entries('formats/avif', ['index']),
  ...entries('formats/heic', ['index']),
  ...entries('formats/jpeg', ['index']),
  ...entries('formats/png', ['index']),
  ...entries('inline', ['index']),
  ...entries('renderers', ['sharp', 'wasm-vips']),
}

export default defineConfig([
  {
    ...shared,
    entry: { ...published, ...entries('pool', ['render-worker', 'shared/pool', 'shared/thread']) },
    dts: { entry: published },
    // One SandboxError for all entries.
    splitting: true,
  },
  {
    ...shared,
    entry: {
      ...entries('wasm', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('wasm/avif', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('wasm/jsquash', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('wasm/jpeg', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('wasm/png', ['node', 'browser', 'workerd', 'edge-light']),
      ...entries('wasm/libheif', ['node', 'given']),
      ...entries('formats/heic', ['sluice-libheif']),
      ...entries('pool/runtime', ['node', 'web', 'none', 'inline']),
      ...entries('inline', ['carried', 'modules', 'parts', 'parts-of-pages']),
    },
    esbuildPlugins: [carry],
    // A chunk would lie in another folder, and the paths of the modules are relative.
    splitting: false,
  },
])

function entries(folder: string, names: readonly string[]) {
  return Object.fromEntries(names.map(name => [`${folder}/${name}`, `src/${folder}/${name}.ts`].map(tidy)))
}

/** Without the slash of no folder. */
function tidy(path: string): string {
  return path.replace(/^\//, '').replace('//', '/')
}
