import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { imageUpload } from '@sluice/adapters/express'
import { imageUpload as fastifyUpload } from '@sluice/adapters/fastify'
import { uploadHandler } from '@sluice/adapters/fetch'
import { imageUpload as honoUpload } from '@sluice/adapters/hono'
import { imageUpload as koaUpload } from '@sluice/adapters/koa'
import { imageUpload as nestUpload } from '@sluice/adapters/nest'
import { nodeListener } from '@sluice/adapters/node'
import { memoryStore } from '@sluice/stores'
import { type Browser, launchBrowser } from '@sluice/testkit/browser'
// @ts-expect-error The types that are installed are those of version 5, which needs Node's own conditions.
import express from 'express4'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toyRenderer as renderer } from '../../packages/adapters/test/toy-renderer.js'
import { nestModule } from './apps/nest-app.js'

const run = promisify(execFile)
// Of Debian's packages chromium-headless-shell, curl and python3.
const programs = {
  curl: '/usr/bin/curl',
  python: '/usr/bin/python3',
}
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Just over the limit of 8 MiB to 100 MB, twenty of them. */
const sizes = Array.from({ length: 20 }, (_, step) => Math.round(8.4e6 * (100 / 8.4) ** (step / 19)))
const refused = sizes.map(() => '413 too-large')

const options = {
  store: memoryStore(),
  renderer,
  public: true,
  csrf: false,
  addressLimits: false,
  onEvent: false,
} as const

const mounted: Readonly<Record<string, () => Promise<RequestListener> | RequestListener>> = {
  Express: () => express().post('/images', imageUpload(options)),
  'node:http': () => nodeListener(uploadHandler(options)),
  async Fastify() {
    const app = Fastify().register(fastifyUpload, { ...options, prefix: '/images' })
    await app.ready()
    return app.routing as unknown as RequestListener
  },
  Koa: () => new Koa().use(koaUpload(options)).callback(),
  // On Fastify: Express 5 does not find its parts by the conditions of this test.
  async Nest() {
    const adapter = new FastifyAdapter()
    const app = await NestFactory.create(
      nestModule({ images: { interceptor: nestUpload(options), hasMany: false } }),
      adapter,
      { logger: false },
    )
    const fastify = adapter.getInstance()
    fastify.addContentTypeParser(/^(multipart\/form-data|image\/)/, (_request, _payload, done) => done(null))
    await app.init()
    await fastify.ready()
    return fastify.routing as unknown as RequestListener
  },
  Hono: () => getRequestListener(new Hono().post('/images', honoUpload(options)).fetch) as RequestListener,
}

let folder: string
let browser: Browser
beforeAll(async () => {
  for (const program of Object.values(programs))
    expect(existsSync(program), `${program} is missing`).toBe(true)
  folder = mkdtempSync(join(tmpdir(), 'sluice-early-'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(Object.entries(mounted))('a refusal by %s reaches', (_, mount) => {
  let server: Server
  let port: number
  beforeEach(async () => {
    const listener = await mount()
    server = createServer((request, response) => {
      if (request.method === 'POST') return listener(request, response)
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html>')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
    return () => {
      server.closeAllConnections()
      server.close()
    }
  })

  const printed = async (program: string, ...args: readonly string[]) => {
    const { stdout } = await run(program, [...args, String(port), ...sizes.map(String)])
    return stdout.trim().split('\n')
  }

  test("Node's fetch", async () => {
    expect(await printed(process.execPath, here('clients/fetch.mjs'))).toEqual(refused)
  })

  test("Python's http.client", async () => {
    expect(await printed(programs.python, here('clients/http_client.py'))).toEqual(refused)
  })

  test('curl', async () => {
    const statuses: string[] = []
    const path = join(folder, 'photo.png')
    for (const size of sizes) {
      writeFileSync(path, '')
      truncateSync(path, size)
      const url = `http://127.0.0.1:${port}/images`
      // No `Expect: 100-continue`: with it, curl would wait for the answer before it sends.
      const args = ['-s', '-H', 'Expect:', '-F', `image=@${path}`, '-w', '\n%{http_code}', url]
      const { stdout } = await run(programs.curl, args)
      const [body = '', status] = stdout.split('\n')
      statuses.push(`${status} ${JSON.parse(body).code}`)
    }
    expect(statuses).toEqual(refused)
  })

  test('Chromium', async () => {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    const statuses = await page.evaluate<string[]>(`(async () => {
      const statuses = []
      for (const size of ${JSON.stringify(sizes)}) {
        const form = new FormData()
        form.set('image', new Blob([new Uint8Array(size)]), 'a.png')
        try {
          const response = await fetch('/images', { method: 'POST', body: form })
          statuses.push(response.status + ' ' + (await response.json()).code)
        } catch (error) {
          statuses.push(String(error))
        }
      }
      return statuses
    })()`)
    await page.close()
    expect(statuses).toEqual(refused)
  })
})
