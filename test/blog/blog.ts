import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const blogFolder = join(root, 'examples/blog')
export const fixture = (path: string) => join(root, 'fixtures/files', path)

export interface Locator {
  click(): Promise<void>
  fill(text: string): Promise<void>
  focus(): Promise<void>
  waitFor(options?: object): Promise<void>
  count(): Promise<number>
  textContent(): Promise<string | null>
  inputValue(): Promise<string>
  setInputFiles(files: string | readonly string[] | object): Promise<void>
  selectOption(value: string): Promise<unknown>
  getAttribute(name: string): Promise<string | null>
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>
  allTextContents(): Promise<string[]>
  first(): Locator
  nth(index: number): Locator
  locator(selector: string): Locator
}
export interface Page {
  goto(url: string): Promise<{ status(): number } | null>
  url(): string
  content(): Promise<string>
  reload(): Promise<unknown>
  locator(selector: string, options?: object): Locator
  getByRole(role: string, options?: object): Locator
  getByLabel(text: string | RegExp, options?: object): Locator
  evaluate<Value>(script: string): Promise<Value>
  waitForURL(url: string | RegExp): Promise<void>
  waitForEvent(name: string): Promise<{ setFiles(files: string | readonly string[]): Promise<void> }>
  screenshot(options: object): Promise<Buffer>
  setViewportSize(size: { width: number; height: number }): Promise<void>
  emulateMedia(options: object): Promise<void>
  on(name: string, listener: (event: Heard) => void): void
  context(): Context
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> }
  mouse: {
    move(x: number, y: number, options?: object): Promise<void>
    down(): Promise<void>
    up(): Promise<void>
  }
}
export interface Heard {
  text(): string
  url(): string
  message?: string
}
export interface Context {
  newPage(): Promise<Page>
  cookies(): Promise<{ name: string; value: string }[]>
  close(): Promise<void>
}
export interface Browser {
  newContext(options?: object): Promise<Context>
  close(): Promise<void>
}

// Of Debian's package chromium-headless-shell.
export const executablePath = '/usr/bin/chromium-headless-shell'

export async function startBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing`)
  const { chromium } = createRequire(new URL('../runtimes/package.json', import.meta.url))('playwright-core')
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

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
