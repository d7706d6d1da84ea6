import { defineConfig } from 'tsup'

// Not `clean`: build.mjs puts the modules into the same folder.
export default defineConfig({
  entry: ['src/index.ts', 'src/node.ts'],
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: false,
})
