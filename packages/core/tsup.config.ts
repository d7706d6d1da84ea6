import { defineConfig } from 'tsup'

const languages = ['de', 'en', 'es', 'fr', 'ja', 'zh']

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    bytes: 'src/input/bytes.ts',
    containers: 'src/containers/index.ts',
    inspect: 'src/inspect/index.ts',
    ...Object.fromEntries(languages.map(language => [`messages/${language}`, `src/messages/${language}.ts`])),
  },
  format: 'esm',
  target: 'es2022',
  dts: true,
  clean: true,
})
