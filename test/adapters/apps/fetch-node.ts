import { createServer } from 'node:http'
import { nodeListener } from '@sluice/adapters/node'
import { fetchApp } from './fetch-app.js'

const server = createServer(nodeListener(fetchApp)).listen(0, '127.0.0.1', () =>
  console.log(`PORT ${(server.address() as { port: number }).port}`),
)
