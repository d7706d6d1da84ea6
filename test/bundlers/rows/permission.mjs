import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'node --permission',
  node: '24',
  files: { 'server.mjs': nodeServer },
  build: ['mkdir uploads .uploads-incoming'],
  start:
    'node --permission --allow-worker --allow-fs-read=$PWD ' +
    '--allow-fs-write=$PWD/uploads --allow-fs-write=$PWD/.uploads-incoming server.mjs',
}
