import bun from './bun.mjs'

/** @type {import('../row.js').Row} */
export default {
  ...bun,
  title: 'bun build, one file with /inline',
  files: {
    ...bun.files,
    'handler.mjs': `import '@sluice/codecs/inline'\n${bun.files['handler.mjs']}`,
  },
  build: [...bun.build, 'bun build --target=bun server.mjs --outdir out && cp -RL node_modules/bun out/bun'],
  ship: 'out',
  start: 'bun/bin/bun.exe server.js',
}
