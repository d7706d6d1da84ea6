import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { launchBrowser } from '@sluice/testkit/browser'
import { expect, test } from 'vitest'
import { pictures } from '../runtimes/pictures.js'
import { bundle, prepare, runtimes } from '../runtimes/run.mjs'

test('Chromium makes the same bytes, spends the same fuel and refuses the same as Node', async () => {
  await prepare(await pictures())
  await bundle('browser.mjs', { conditions: ['browser'], outExtension: { '.js': '.mjs' } })
  const script = await readFile(new URL('../runtimes/out/browser.mjs', import.meta.url))
  const wasm = new URL('../../packages/codecs/dist/wasm/', import.meta.url)
  const made = new URL('../runtimes/out/made/libheif.wasm', import.meta.url)
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.endsWith('.wasm')) {
      response.setHeader('content-type', 'application/wasm')
      const place = pathname === '/libheif.wasm' ? made : new URL(basename(pathname), wasm)
      response.end(await readFile(place))
    } else if (pathname === '/a/b/browser.mjs') {
      response.setHeader('content-type', 'text/javascript')
      response.end(script)
    } else {
      response.setHeader('content-type', 'text/html')
      // Compiling WebAssembly is all that the page may do besides running its own script.
      response.setHeader('content-security-policy', "script-src 'self' 'wasm-unsafe-eval'")
      response.end('<!doctype html><script type="module" src="/a/b/browser.mjs"></script>')
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('globalThis.run')
    const report = await page.evaluate<{ results: object; left: unknown[] }>('run()')
    const node = await runtimes.node()
    expect(Object.keys(node.results).length).toBeGreaterThan(10)
    expect(report.results).toEqual(node.results)
    expect(report.left).toEqual([])
  } finally {
    await browser.close()
    server.close()
  }
})
