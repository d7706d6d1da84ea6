import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@sluice/testkit/browser'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const blogFolder = join(root, 'examples/blog')
export const fixture = (path: string) => join(root, 'fixtures/files', path)

export interface Blog {
  readonly base: string
  /** The link of the terminal that goes once. */
  readonly login: string
  readonly data: string
  stop(): void
}

/** As `npm start` of the whole repository shows it, under a path of its own. */
const mounted = `import { serve } from '../../scripts/serve.mjs'
import { mount } from './mount.mjs'
await serve([await mount()], { port: 0 })`

/** Builds the blog and starts it, as its README says or beside others, on a free port and an empty folder. */
export async function startBlog({ isMounted = false } = {}): Promise<Blog> {
  execFileSync(process.execPath, ['build.mjs'], { cwd: blogFolder })
  const data = mkdtempSync(join(tmpdir(), 'sluice-blog-'))
  const env = { ...process.env, PORT: '0', BLOG_DATA: data }
  const program = isMounted ? ['--input-type=module', '--eval', mounted] : ['server.js']
  const child = spawn(process.execPath, program, {
    cwd: blogFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => {
    child.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
  const printed = await printedLogin(child).catch(thrown => {
    stop()
    throw thrown
  })
  return { base: new URL(printed).origin, login: printed, data, stop }
}

function printedLogin(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const listen = (chunk: Buffer) => {
      text += chunk
      const [link] = /http:\S+once=\S+/.exec(text) ?? []
      if (link) resolve(link)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('exit', code => reject(new Error(`the blog ended with ${code}: ${text}`)))
  })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds serious or critical, by rule and element. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run(document).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`)
}

/** Drops files on an element, as a person does who drags them over it. */
export async function drop(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  const files = paths.map(path => ({
    name: path.split('/').at(-1),
    base64: readFileSync(path, 'base64'),
  }))
  await page.evaluate(`(() => {
    const data = new DataTransfer()
    for (const { name, base64 } of ${JSON.stringify(files)})
      data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name))
    const target = document.querySelector(${JSON.stringify(selector)})
    for (const type of ['dragenter', 'dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  })()`)
}
