import { defineConfig } from 'tsup'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/bullmq.ts',
    'src/cloudflare.ts',
    'src/pg-boss.ts',
    'src/sql.ts',
    'src/testing.ts',
  ],
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
})
