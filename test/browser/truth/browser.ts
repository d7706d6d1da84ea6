import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { formatTable, sniffFormat } from '@sluice/core'
import { launchBrowser } from '@sluice/testkit/browser'
import { build } from 'esbuild'
import type { Seen } from './page.js'

/** Chromium with a page that looks at images. */
export async function openBrowser() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const script = outputFiles[0]?.contents ?? new Uint8Array()
  const images: Uint8Array[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const image = images[Number(pathname.slice('/image/'.length))]
    if (pathname === '/page.js') response.setHeader('content-type', 'text/javascript').end(script)
    else if (image) response.setHeader('content-type', typeOf(image)).end(image)
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchBrowser()
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('globalThis.look')
  return {
    version: browser.version(),
    /** @throws Error where the browser cannot show it */
    look(image: Uint8Array): Promise<Seen> {
      const number = images.push(image) - 1
      return page.evaluate<Seen>(`look('/image/${number}', '${typeOf(image)}')`)
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

function typeOf(image: Uint8Array): string {
  const format = sniffFormat(image)
  if (!format) throw new TypeError('not an image')
  return formatTable[format].type
}
