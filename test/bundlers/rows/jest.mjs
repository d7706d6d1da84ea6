import { memoryHandler } from '../apps.mjs'

// The test itself takes the place of a server: it starts one, and posts to it until it is told to stop.
const test = `
import { createServer } from 'node:http'
import { nodeListener } from '@sluice/adapters/node'
import { handler } from './handler.mjs'

test('the endpoint answers', () => new Promise(() => {
  createServer(nodeListener(handler)).listen(process.env.PORT)
}), 1e8)
`

/** @type {import('../row.js').Row} */
export default {
  title: 'Jest',
  install: { jest: '30.5.2' },
  manifest: { jest: { testMatch: ['**/*.test.mjs'], moduleFileExtensions: ['mjs', 'js'], transform: {} } },
  files: { 'handler.mjs': memoryHandler, 'endpoint.test.mjs': test },
  start: 'node --experimental-vm-modules node_modules/jest/bin/jest.js',
}
