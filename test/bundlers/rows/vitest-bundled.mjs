import vitest from './vitest.mjs'

/** @type {import('../row.js').Row} */
export default {
  ...vitest,
  title: 'Vitest with server.deps.inline',
  files: {
    ...vitest.files,
    'vitest.config.mjs':
      'export default { test: { globals: true, include: ["*.test.mjs"], server: { deps: { inline: true } } } }\n',
  },
}
