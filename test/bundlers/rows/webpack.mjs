import { express, expressServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'webpack 5',
  install: { ...express, webpack: '5.113.0', 'webpack-cli': '7.3.1' },
  files: {
    'server.mjs': expressServer,
    'webpack.config.mjs': `
export default {
  mode: 'production',
  target: 'node',
  entry: './server.mjs',
  output: { path: import.meta.dirname + '/out', filename: 'server.cjs' },
}
`,
  },
  build: ['webpack'],
  ship: 'out',
  start: 'node server.cjs',
}
