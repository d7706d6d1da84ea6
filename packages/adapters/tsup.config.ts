import { defineConfig } from 'tsup'

// `#folder-store` stays an import: the runtime or the bundler of the application picks the entry that fits
// it.
export default defineConfig({
  entry: {
    express: 'src/express.ts',
    hono: 'src/hono.ts',
    fetch: 'src/fetch.ts',
    node: 'src/node.ts',
    csrf: 'src/csrf.ts',
    'messages-de': 'src/answer/messages-de.ts',
    'runtime/folder-store': 'src/runtime/folder-store.ts',
    'runtime/no-folder-store': 'src/runtime/no-folder-store.ts',
  },
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
  external: ['#folder-store'],
})
