// Small servers that several rows share.

export const nodeServer = `
import { createServer } from 'node:http'
import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'

createServer(nodeListener(uploadHandler({ store: './uploads', public: true }))).listen(process.env.PORT)
`

export const expressServer = `
import { imageUpload } from '@sluice/adapters/express'
import express from 'express'

const app = express()
app.post('/images', imageUpload({ store: './uploads', public: true }), (request, response) => {
  response.status(201).json(request.upload)
})
app.listen(process.env.PORT)
`

export const express = { express: '5.3.0' }

/** A fetch handler that keeps nothing: for runtimes without a disk. */
export const memoryHandler = `
import { uploadHandler } from '@sluice/adapters/fetch'
import { memoryStore } from '@sluice/stores'

export const handler = uploadHandler({ store: memoryStore(), public: true })
`

/** What a Next.js application needs beside its route. */
export function nextApp({ next, config = {}, runtime = 'nodejs' }) {
  const store = runtime === 'edge' ? 'memoryStore()' : "'./uploads'"
  return {
    install: { next, react: '19.2.1', 'react-dom': '19.2.1' },
    files: {
      'app/layout.jsx': 'export default ({ children }) => <html><body>{children}</body></html>\n',
      'app/page.jsx': 'export default () => <p>here</p>\n',
      'app/images/route.js': `
import { uploadHandler } from '@sluice/adapters/fetch'
import { memoryStore } from '@sluice/stores'

export const runtime = '${runtime}'
export const POST = uploadHandler({ store: ${store}, public: true })
`,
      'next.config.mjs': `export default ${JSON.stringify(config)}\n`,
    },
  }
}

export const requiringServer = `
const { createServer } = require('node:http')
const { uploadHandler } = require('@sluice/adapters/fetch')
const { nodeListener } = require('@sluice/adapters/node')

createServer(nodeListener(uploadHandler({ store: './uploads', public: true }))).listen(process.env.PORT)
`
