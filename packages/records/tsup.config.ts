import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/postgres.ts', 'src/sqlite.ts', 'src/testing.ts'],
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
})
