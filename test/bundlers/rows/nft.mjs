import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: '@vercel/nft: what it traces, copied',
  install: { '@vercel/nft': '1.11.5' },
  files: {
    'server.mjs': nodeServer,
    'trace.mjs': `
import { cpSync } from 'node:fs'
import { nodeFileTrace } from '@vercel/nft'

const { fileList } = await nodeFileTrace(['server.mjs'])
for (const file of fileList) cpSync(file, 'out/' + file)
`,
  },
  build: ['node trace.mjs'],
  ship: 'out',
  start: 'node server.mjs',
}
