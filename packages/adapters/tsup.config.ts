import { defineConfig } from 'tsup'

// `#machine` stays an import: the runtime or the bundler of the application picks the entry that fits
// it.
export default defineConfig({
  entry: {
    express: 'src/express.ts',
    hono: 'src/hono.ts',
    fetch: 'src/fetch.ts',
    node: 'src/node.ts',
    fastify: 'src/fastify.ts',
    koa: 'src/koa.ts',
    nest: 'src/nest.ts',
    next: 'src/next.ts',
    direct: 'src/direct.ts',
    csrf: 'src/csrf.ts',
    'runtime/machine': 'src/runtime/machine.ts',
    'runtime/no-machine': 'src/runtime/no-machine.ts',
  },
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
  external: ['#machine'],
})
