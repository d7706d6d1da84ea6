import jest from './jest.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Vitest',
  node: '24',
  install: { vitest: '5.1.2' },
  files: {
    ...jest.files,
    'vitest.config.mjs': 'export default { test: { globals: true, include: ["*.test.mjs"] } }\n',
  },
  start: 'vitest run',
}
