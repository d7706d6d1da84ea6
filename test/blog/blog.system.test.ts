import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, launchBrowser, type Page } from '@sluice/testkit/browser'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Blog, blogFolder, drop, fixture, seriousFindings, startBlog } from './blog.js'

/* One story from the first login to the backup: each test goes on where the one before it ended. */

const password = 'correct horse battery'
const shots = fileURLToPath(new URL('../../build/screenshots/blog/', import.meta.url))

let blog: Blog
let browser: Browser
let page: Page
/** What the pages said to the console, and whom they asked besides the blog. */
const said: string[] = []
const elsewhere: string[] = []

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  blog = await startBlog()
  browser = await launchBrowser()
  page = await openPage()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  blog?.stop()
})

async function openPage(options: object = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const opened = await context.newPage()
  opened.on('console', message => said.push(message.text()))
  opened.on('pageerror', error => said.push(error.message))
  opened.on('request', request => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && origin !== blog.base) elsewhere.push(request.url())
  })
  return opened
}

/** Asks the page until it says yes. (`waitForFunction` evaluates in the page, which its policy forbids.) */
const until = (on: Page, condition: string) =>
  vi.waitFor(async () => expect(await on.evaluate(condition), condition).toBe(true), {
    timeout: 20_000,
    interval: 50,
  })

const at = (path: string) => `${blog.base}${path}`

/** At both widths, light and dark, and never to be scrolled sideways. */
async function show(name: string, shown = page): Promise<void> {
  await until(shown, `[...document.images].every(image => image.complete)`)
  for (const width of [390, 1440]) {
    await shown.setViewportSize({ width, height: 900 })
    // What is lazy is loaded for a picture of the whole page.
    await shown.evaluate(`for (const image of document.images) image.loading = 'eager'`)
    await until(shown, `[...document.images].every(image => image.complete)`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await shown.emulateMedia({ colorScheme })
      await shown.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true })
      expect(await seriousFindings(shown), `${name}, ${width}, ${colorScheme}`).toEqual([])
    }
    const [needed, there] = await shown.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, innerWidth]',
    )
    expect(needed, `${name} at ${width} px`).toBeLessThanOrEqual(there)
  }
  await shown.emulateMedia({ colorScheme: 'light' })
}

async function logIn(on: Page, name: string): Promise<void> {
  await on.goto(at('/login'))
  await on.getByLabel('Name').fill(name)
  await on.getByLabel('Password').fill(password)
  await on.getByRole('button', { name: 'Log in' }).click()
  await on.getByRole('button', { name: 'Log out' }).waitFor()
}

async function register(on: Page, name: string): Promise<void> {
  await on.goto(at('/register'))
  await on.getByLabel('Name').fill(name)
  await on.getByLabel(/Password/).fill(password)
  await on.getByRole('button', { name: 'Register' }).click()
  await on.waitForURL(/\/account$/)
}

const rows = (on: Page, state: string) => on.locator(`sluice-upload li[data-state="${state}"]`)

test('the link of the terminal logs an admin in, once', async () => {
  await page.goto(at('/'))
  await show('empty')
  await page.goto(blog.login)
  await show('first-login')
  await page.getByRole('button', { name: 'Log in as admin' }).click()
  await page.waitForURL(/account\?first/)
  await page.getByLabel(/10 characters/).fill(password)
  await page.getByRole('button', { name: 'Save password' }).click()
  await page.waitForURL(/saved/)
  const stranger = await openPage()
  await stranger.goto(blog.login)
  await stranger.getByRole('button', { name: 'Log in as admin' }).click()
  await stranger.locator('.refused', { hasText: 'used before' }).waitFor()
  await stranger.context().close()
  expect(said.splice(0)).toEqual([expect.stringContaining('401')])
}, 60_000)

test('a picture of oneself is cut square by pointer and keys', async () => {
  await page.locator('sluice-upload input[type=file] >> nth=-1').setInputFiles(fixture('photos/valley.jpg'))
  const frame = page.locator('[part~=crop-frame]')
  await frame.waitFor()
  await show('crop')
  await page.setViewportSize({ width: 1440, height: 900 })
  const before = await frame.boundingBox()
  if (before === null) throw new Error('there is no frame')
  expect(before.width).toBeCloseTo(before.height, 0)
  // To the left by the pointer, as far as it goes, and a step back by a key; smaller with Shift.
  await page.mouse.move(before.x + 40, before.y + 40)
  await page.mouse.down()
  await page.mouse.move(before.x - 900, before.y + 40, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.press('ArrowRight')
  for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowLeft')
  const after = await frame.boundingBox()
  expect(after?.x).toBeLessThan(before.x)
  expect(after?.width).toBeLessThan(before.width * 0.95)
  await page.getByRole('button', { name: 'Use this part' }).click()
  await until(page, `document.querySelector('#portrait').naturalWidth > 0`)
  expect(await page.evaluate(`[portrait.naturalWidth, portrait.naturalHeight]`)).toEqual([256, 256])
  await show('account')
}, 60_000)

test('of five files that are dropped on the editor, two are refused, each with its reason', async () => {
  await page.goto(at('/'))
  await page.getByRole('button', { name: 'Write' }).click()
  await page.waitForURL(/\/edit$/)
  await page.getByLabel('Title').fill('Up the valley and back')
  await page
    .getByLabel('Text')
    .fill('We left before it was light.\n\nThe path follows the water <b>all the way</b> & then it does not.')
  const dropped = [
    'photos/valley.jpg',
    'bad/bomb-20000x20000.jpg',
    'photos/phone-portrait.jpg',
    'bad/cut.jpg',
    'gif/animated.gif',
  ]
  await drop(page, 'body', dropped.map(fixture))
  await until(page, `document.querySelectorAll('#pictures li').length === 3`)
  // They are in the list of the post now: what is left here is what was refused.
  expect(await page.locator('sluice-upload li').count()).toBe(2)
  const codes = page.locator('li[data-state=refused] [data-code]')
  expect(
    [await codes.nth(0).getAttribute('data-code'), await codes.nth(1).getAttribute('data-code')].sort(),
  ).toEqual(['too-many-pixels', 'truncated'])
  expect(await page.locator('sluice-upload [role=status]').textContent()).toContain(
    'Stored: 3 of 5. Refused: 2.',
  )
  // The server alone sees that the last one is cut off.
  expect(said.splice(0)).toEqual([expect.stringContaining('422')])
  await show('editor')
}, 60_000)

test('it is published once every picture has words for who does not see it', async () => {
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.locator('[role=alert]', { hasText: '3 of the pictures' }).waitFor()
  expect(said.splice(0)).toEqual([expect.stringContaining('422')])
  expect(await page.getByLabel('Title').inputValue()).toBe('Up the valley and back')
  const alt = page.getByLabel('What is on it')
  for (const [index, text] of ['A valley under a low sun', 'A path, upright', 'Turning squares'].entries())
    await alt.nth(index).fill(text)
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL(/\/posts\/1$/)
  await until(page, `document.querySelectorAll('.picture img').length === 3`)
  await show('post')
}, 60_000)

test('a visitor reads it, with blurred pictures until the sharp ones are there', async () => {
  const visitor = await openPage()
  await visitor.goto(at('/'))
  // The script takes them away as soon as the sharp ones are there.
  expect(await (await fetch(at('/'))).text()).toContain('class="hash" src="data:image/png;base64,')
  await visitor.getByRole('link', { name: 'Up the valley and back' }).click()
  await until(
    visitor,
    `[...document.querySelectorAll('picture > img')].some(image => image.naturalWidth > 0)`,
  )
  expect(await visitor.evaluate(`document.querySelector('picture source').type`)).toBe('image/webp')
  expect(await visitor.evaluate(`document.querySelector('picture > img').alt`)).toBe(
    'A valley under a low sun',
  )
  const content = await visitor.content()
  expect(content).toContain('&lt;b&gt;all the way&lt;/b&gt; &amp; then')
  await visitor.context().close()
})

test('a visitor registers, and comments with a small picture; markup stays text', async () => {
  const visitor = await openPage({ locale: 'de-AT' })
  await register(visitor, 'Zoë')
  await visitor.goto(at('/posts/1'))
  await visitor.getByRole('button', { name: 'Bild auswählen' }).waitFor()
  await visitor.getByRole('textbox', { name: 'Comment' }).fill('Lovely. <script>alert(1)</script>')
  const picker = visitor.waitForEvent('filechooser')
  await visitor.getByRole('button', { name: 'Bild auswählen' }).click()
  await (await picker).setFiles(fixture('bad/document.jpg'))
  await visitor.locator('li', { hasText: 'Das ist ein PDF-Dokument' }).waitFor()
  const again = visitor.waitForEvent('filechooser')
  await visitor.getByRole('button', { name: 'Bild auswählen' }).click()
  await (await again).setFiles(fixture('photos/grey.jpg'))
  await rows(visitor, 'uploaded').waitFor()
  await visitor.getByLabel('What is on it').fill('Rocks in grey')
  await visitor.getByRole('button', { name: 'Send comment' }).click()
  await visitor.locator('.comment img[alt="Rocks in grey"]').waitFor()
  expect(await visitor.locator('.comment').textContent()).toContain('<script>alert(1)</script>')
  await visitor.goto(at('/posts/1'))
  await show('visitor', visitor)
  expect(await visitor.locator('a[href$="/admin"]').count()).toBe(0)
  expect((await visitor.goto(at('/admin')))?.status()).toBe(403)
  expect((await visitor.goto(at('/posts/1/edit')))?.status()).toBe(403)
  await show('refused', visitor)
  said.splice(0)
  await visitor.context().close()
}, 60_000)

/** Cookies and token of somebody who is logged in, for requests that no page makes. */
async function credentials(name: string): Promise<{ cookie: string; csrf: string }> {
  const on = await openPage()
  await logIn(on, name)
  const csrf = await on.evaluate<string>(`document.querySelector('input[name=csrf]').value`)
  const cookie = (await on.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await on.context().close()
  return { cookie, csrf }
}

test('a larger file of a visitor is refused by the server too, and so is one without the token', async () => {
  const { cookie, csrf } = await credentials('Zoë')
  const send = (fields: Record<string, string>, file: Blob, headers = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    body.append('image', file, 'photo.jpg')
    return fetch(at('/pictures'), {
      method: 'POST',
      body,
      headers: { cookie, origin: blog.base, 'accept-language': 'fr', ...headers },
    })
  }
  const photo = new Blob([new Uint8Array(readFileSync(fixture('photos/grey.jpg')))])
  const large = new Blob([new Uint8Array(2 ** 20 + 1)])
  const refused = await send({ csrf }, large)
  expect([refused.status, await refused.json()]).toMatchObject([
    413,
    { code: 'too-large', title: expect.stringMatching(/1\sMo/) },
  ])
  const stored = () => readdirSync(join(blog.data, 'uploads'), { recursive: true }).length
  const before = stored()
  expect((await send({}, photo)).status).toBe(403)
  expect((await send({ csrf }, photo, { origin: 'http://evil.example' })).status).toBe(403)
  // What was drawn by then is taken back once the refusal is answered.
  await vi.waitFor(() => expect(stored()).toBe(before))
  expect((await send({ csrf }, photo)).status).toBe(201)
  expect(stored()).toBeGreaterThan(before)
}, 60_000)

test('a form of another site posts nothing', async () => {
  const address = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    const action = at('/posts/1/comments')
    response.end(`<!doctype html><form method="post" action="${action}" enctype="multipart/form-data">
      <input name="body" value="spam"><button>win</button></form>`)
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  const on = await openPage()
  await logIn(on, 'Zoë')
  await on.goto(address(site))
  await on.getByRole('button', { name: 'win' }).click()
  await on.waitForURL(/comments/)
  expect(await on.content()).toContain('cross-site')
  expect(elsewhere.splice(0).every(url => url.startsWith(address(site)))).toBe(true)
  said.splice(0)
  await on.goto(at('/posts/1'))
  expect(await on.locator('.comment').count()).toBe(1)
  await on.context().close()
  site.close()
}, 60_000)

test('without a script: the same, by plain forms', async () => {
  const plain = await openPage({ javaScriptEnabled: false })
  await logIn(plain, 'admin')
  await plain.getByRole('button', { name: 'Write' }).click()
  await plain.getByLabel('Title').fill('Without a script')
  await plain.getByRole('button', { name: 'Save', exact: true }).click()
  await plain
    .locator('input[type=file]')
    .setInputFiles([fixture('photos/panorama.jpg'), fixture('photos/grey.jpg')])
  await plain.getByRole('button', { name: 'Send pictures' }).click()
  await plain.waitForURL(/edit#pictures/)
  await plain.locator('input[type=file]').setInputFiles([fixture('bad/jpeg-inside.png')])
  await plain.getByRole('button', { name: 'Send pictures' }).click()
  await plain.locator('.refused', { hasText: 'this is a JPEG' }).waitFor()
  await plain.goto(at('/posts/2/edit'))
  await plain.getByLabel('What is on it').nth(0).fill('Hills from end to end')
  await plain.getByLabel('What is on it').nth(1).fill('Rocks')
  await plain.getByRole('button', { name: 'Publish' }).click()
  await plain.waitForURL(/\/posts\/2$/)
  await plain.getByRole('textbox', { name: 'Comment' }).fill('By hand.')
  await plain.locator('input[type=file]').setInputFiles(fixture('png/palette.png'))
  await plain.getByRole('button', { name: 'Send comment' }).click()
  await plain.locator('.comment picture img').waitFor()
  expect(await plain.locator('.gallery img:not(.hash)').count()).toBe(1)
  await plain.context().close()
  expect(said.splice(0)).toEqual([expect.stringContaining('415')])
}, 60_000)

test('by the keyboard alone', async () => {
  const keys = await openPage()
  /** Goes on with Tab until it is there. */
  const tabTo = async (name: string) => {
    for (let press = 0; press < 60; press++) {
      await keys.keyboard.press('Tab')
      const focused = await keys.evaluate<string>(`(() => {
        let at = document.activeElement
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
        const label = at?.labels?.[0]?.textContent.trim() || at?.getAttribute('aria-label')
        return label || at?.textContent.trim() || ''
      })()`)
      if (focused.startsWith(name)) return
    }
    throw new Error(`Tab never came to ${name}`)
  }
  await keys.goto(at('/login'))
  await tabTo('Name')
  await keys.keyboard.type('admin')
  await tabTo('Password')
  await keys.keyboard.type(password)
  await keys.keyboard.press('Enter')
  await keys.getByRole('button', { name: 'Log out' }).waitFor()
  await tabTo('Write')
  await keys.keyboard.press('Enter')
  await keys.waitForURL(/\/edit$/)
  // Long before the key: Chromium hands choosers on only once it has been told to, and a key is quicker than that.
  const picker = keys.waitForEvent('filechooser', { timeout: 60_000 })
  await tabTo('Title')
  await keys.keyboard.type('Without a mouse')
  await tabTo('Choose pictures')
  await keys.keyboard.press('Enter')
  await (await picker).setFiles(fixture('webp/lossless-alpha.webp'))
  await until(keys, `document.querySelectorAll('#pictures li').length === 1`)
  await tabTo('What is on it')
  await keys.keyboard.type('A shape')
  await tabTo('Publish')
  await keys.keyboard.press('Enter')
  await keys.waitForURL(/\/posts\/3$/)
  await keys.context().close()
}, 60_000)

test('pages weigh less than 100 kB without their pictures', async () => {
  const weighing = await openPage()
  await logIn(weighing, 'admin')
  for (const path of ['/', '/posts/1', '/posts/1/edit', '/account', '/admin', '/login']) {
    const loaded: { type: string; bytes: number }[] = []
    const cookie = (await weighing.context().cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    await weighing.goto(at(path))
    const urls = await weighing.evaluate<string[]>(
      `[location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]`,
    )
    for (const url of urls) {
      const response = await fetch(url, { headers: { cookie } })
      const type = response.headers.get('content-type') ?? ''
      const length = Number(response.headers.get('content-length'))
      expect(length, url).toBeGreaterThan(0)
      if (!type.startsWith('image/')) loaded.push({ type, bytes: length })
    }
    expect(loaded.length, path).toBeGreaterThanOrEqual(4)
    expect(
      loaded.reduce((sum, { bytes }) => sum + bytes, 0),
      path,
    ).toBeLessThan(100_000)
  }
  await weighing.context().close()
}, 60_000)

test('the admin sees what came, makes an author, and backs up by button and by command', async () => {
  await page.goto(at('/admin'))
  const refused = await page.locator('.chart code').allTextContents()
  expect(refused).toEqual(
    expect.arrayContaining(['cross-site', 'truncated', 'too-large', 'extension-mismatch']),
  )
  await page.getByLabel('Role of Zoë').selectOption('author')
  await page.getByRole('button', { name: 'Set role of Zoë' }).click()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.locator('.backups code').waitFor()
  await show('admin')
  const env = { ...process.env, BLOG_DATA: blog.data }
  expect(
    execFileSync('npm', ['run', '--silent', 'backup'], { cwd: blogFolder, env, encoding: 'utf8' }),
  ).toMatch(/files, .* the database/)
  const folder = join(blog.data, 'backups', readdirSync(join(blog.data, 'backups')).sort().at(-1) ?? '')
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder })
  const titles = execFileSync(
    'sqlite3',
    [join(folder, 'database.dump'), 'SELECT title FROM posts ORDER BY id'],
    {
      encoding: 'utf8',
    },
  )
  expect(titles).toBe('Up the valley and back\nWithout a script\nWithout a mouse\n')
  const keys = execFileSync('sqlite3', [join(folder, 'database.dump'), 'SELECT key FROM pictures'], {
    encoding: 'utf8',
  })
  expect(keys.trim().split('\n').length).toBeGreaterThanOrEqual(8)
  for (const key of keys.trim().split('\n')) readFileSync(join(folder, 'files', key))
}, 60_000)

test('the front page shows them all; passwords cannot be guessed at will', async () => {
  await page.goto(at('/'))
  await show('front')
  const stranger = await openPage()
  await stranger.goto(at('/register'))
  await show('register', stranger)
  await stranger.goto(at('/login'))
  await show('login', stranger)
  for (let attempt = 0; attempt < 11; attempt++) {
    await stranger.goto(at('/login'))
    await stranger.getByLabel('Name').fill('nobody')
    await stranger.getByLabel('Password').fill(`guess ${attempt}`)
    await stranger.getByRole('button', { name: 'Log in' }).click()
    await stranger.locator('.refused').waitFor()
  }
  expect(await stranger.locator('.refused').textContent()).toContain('Too many attempts')
  await stranger.context().close()
  said.splice(0)
}, 60_000)

test('under a path of its own it goes on as at the root', async () => {
  const beside = await startBlog({ isMounted: true })
  try {
    const on = await openPage()
    await on.goto(beside.login)
    await on.getByRole('button', { name: 'Log in as admin' }).click()
    await on.waitForURL(/\/blog\/account\?first$/)
    await on.locator('sluice-upload input[type=file] >> nth=-1').setInputFiles(fixture('photos/valley.jpg'))
    await on.getByRole('button', { name: 'Use all of it' }).click()
    await until(on, `portrait.naturalWidth === 256 && portrait.src.includes('/blog/images/')`)
    expect(elsewhere.splice(0).every(url => url.startsWith(`${beside.base}/blog/`))).toBe(true)
    await on.context().close()
  } finally {
    beside.stop()
  }
}, 60_000)

test('no page had anything to say to the console, or asked anybody else', () => {
  expect(said).toEqual([])
  expect(elsewhere).toEqual([])
})
