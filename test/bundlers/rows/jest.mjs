// The test itself takes the place of a server: it starts one, and posts to it until it is told to stop.
const test = `
import { createServer } from 'node:http'
import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'

test('the endpoint answers', () => new Promise(() => {
  createServer(nodeListener(uploadHandler({ store: './uploads', public: true }))).listen(process.env.PORT)
}), 1e8)
`

/** @type {import('../row.js').Row} */
export default {
  title: 'Jest',
  install: { jest: '30.5.2' },
  manifest: { jest: { testMatch: ['**/*.test.mjs'], moduleFileExtensions: ['mjs', 'js'], transform: {} } },
  files: { 'endpoint.test.mjs': test },
  start: 'node --experimental-vm-modules node_modules/jest/bin/jest.js',
}
