import rollup from './rollup.mjs'

/** @type {import('../row.js').Row} */
export default {
  ...rollup,
  title: 'rollup whose resolver was not told of Node',
  build: ['rollup -f es -p @rollup/plugin-node-resolve -i server.mjs -o out/server.mjs'],
}
