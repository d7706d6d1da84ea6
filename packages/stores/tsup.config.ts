import { defineConfig } from 'tsup'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/fs.ts',
    'src/fs/layout.ts',
    'src/fs/durable.ts',
    'src/quarantine/index.ts',
    'src/quarantine/fs.ts',
    'src/r2.ts',
    'src/s3.ts',
    'src/s3/bucket.ts',
    'src/s3/list.ts',
    'src/testing.ts',
  ],
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
})
