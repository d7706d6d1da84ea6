import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { definePolicy } from '@sluice/core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startSharp } from '../src/trial/rival.js'
import { capture } from './capture.js'

const fixtures = fileURLToPath(new URL('../../../fixtures/files/', import.meta.url))
let home = ''
const uploads = () => join(home, 'uploads')
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-trial-'))
  mkdirSync(join(uploads(), 'old'), { recursive: true })
  for (const [from, to] of [
    ['photos/valley.jpg', 'valley.jpg'],
    ['gif/animated.gif', 'old/animated.gif'],
    ['odd/polyglot.jpg', 'old/polyglot.jpg'],
    ['bad/cut.jpg', 'cut.jpg'],
    ['bad/cut.png', 'old/cut.png'],
    ['bad/jpeg-inside.png', '<img src=x onerror=alert(1)>.png'],
    // As multer stores a file: the name of its own making has no extension.
    ['photos/grey.jpg', 'old/3f2a9c0d5b7e4a11'],
  ])
    copyFileSync(join(fixtures, from ?? ''), join(uploads(), to ?? ''))
})
afterAll(() => rmSync(home, { recursive: true }))

// Whether Node finds one elsewhere (NODE_PATH) is not ours to say.
const given = vi.hoisted(() => ({ sharp: true }))
vi.mock('../src/find-sharp.js', async importOriginal => {
  const { findSharp } = await importOriginal<typeof import('../src/find-sharp.js')>()
  return { findSharp: (folder: string) => (given.sharp ? findSharp(folder) : undefined) }
})
afterEach(() => vi.restoreAllMocks())

/** A project that has a module named sharp; `process.cwd()` is there. */
function projectWith(sharp: string): void {
  const project = mkdtempSync(join(home, 'project-'))
  mkdirSync(join(project, 'node_modules/sharp'), { recursive: true })
  writeFileSync(join(project, 'node_modules/sharp/index.js'), sharp)
  vi.spyOn(process, 'cwd').mockReturnValue(project)
}

/** A sharp that takes its process down with the first file, and cannot be loaded again. */
const brokenSharp = `
  const dead = __dirname + '/dead'
  if (require('node:fs').existsSync(dead)) throw new Error('it is gone')
  module.exports = () => {
    require('node:fs').writeFileSync(dead, '')
    process.exit(3)
  }
  module.exports.cache = () => {}
  module.exports.versions = { sharp: '0' }`

/** Draws what ends in jpg, refuses every other, and leaves at a GIF. */
const fakeSharp = `
  const sharp = file => ({
    rotate: () => sharp(file), resize: () => sharp(file), webp: () => sharp(file),
    async toBuffer() {
      if (file.endsWith('.gif')) process.kill(process.pid, 'SIGKILL')
      if (!file.endsWith('.jpg')) throw new Error('Input file contains unsupported image format\\nmore')
      return Buffer.alloc(1000)
    },
  })
  sharp.cache = () => {}
  sharp.versions = { sharp: '9.9.9' }
  module.exports = sharp`

const jsonOf = (lines: readonly string[]) => lines.map(line => JSON.parse(line))
const nameIn = (file: string) => file.slice(uploads().length + 1)

test('tells what would become of every file, and changes nothing', async () => {
  const before = contents()
  const { exitCode, lines } = await capture(['trial', '--json', uploads()])
  expect(exitCode).toBe(1)
  const results = jsonOf(lines())
  const { summary } = results.pop()
  expect(results.map(({ file, ok, code }) => [nameIn(file), ok ? 'accepted' : code])).toEqual([
    ['<img src=x onerror=alert(1)>.png', 'extension-mismatch'],
    ['cut.jpg', 'truncated'],
    ['old/3f2a9c0d5b7e4a11', 'accepted'],
    ['old/animated.gif', 'accepted'],
    ['old/cut.png', 'truncated'],
    ['old/polyglot.jpg', 'accepted'],
    ['valley.jpg', 'accepted'],
  ])
  const accepted = results.filter(({ ok }) => ok)
  const sum = (name: string) => accepted.reduce((total, result) => total + result[name], 0)
  expect(summary).toMatchObject({
    files: 7,
    accepted: 4,
    refused: 3,
    unreadable: 0,
    left: 0,
    bytesIn: sum('inputBytes'),
    bytesOut: sum('bytes'),
    ms: { slowest: expect.stringContaining(uploads()) },
  })
  expect(summary.ms.p95).toBeGreaterThanOrEqual(summary.ms.median)
  expect(summary.peak).toBeGreaterThan(30e6)
  expect(summary.refusals).toMatchObject([
    { code: 'truncated', files: 2, examples: [join(uploads(), 'cut.jpg'), join(uploads(), 'old/cut.png')] },
    { code: 'extension-mismatch', files: 1 },
  ])
  expect(summary.notes.map(({ code }: { code: string }) => code)).toContain('trailing-dropped')
  expect(JSON.stringify(results)).not.toContain('"key"')
  expect(contents()).toEqual(before)
})

/** Every file with its bytes and the time of its last change. */
function contents() {
  return readdirSync(uploads(), { recursive: true, encoding: 'utf8' })
    .map(name => join(uploads(), name))
    .filter(path => statSync(path).isFile())
    .map(path => [path, statSync(path).mtimeMs, readFileSync(path, 'base64')])
}

test('writes each result when it is there, then the sums', async () => {
  const written: string[] = []
  await capture(['trial', uploads()], { onWrite: text => written.push(text) })
  expect(written).toHaveLength(8)
  expect(written[0]).toMatch(/^refused {3}.*extension-mismatch: /)
  expect(written[2]).toMatch(/^accepted {2}.*3f2a9c0d5b7e4a11 {2}7\.33 kB to [\d.]+ kB, [\d.]+ m?s\n$/)
  expect(written[7]).toMatch(/\nfiles +7 files: 4 accepted, 3 refused\nbytes +[\d.]+ kB in, .* less \(of the/)
  expect(written[7]).toMatch(/\nrefused +2 truncated, such as: The image is incomplete/)
  expect(written[7]).toMatch(/\nnoted +\d metadata-dropped: /)
})

test('called off, it tells the sums of what was done, and writes the page', async () => {
  const controller = new AbortController()
  const page = join(home, 'called-off.html')
  const { exitCode, stdout } = await capture(['trial', uploads(), '--html', page], {
    interruption: () => controller.signal,
    onWrite: text => text.includes('3f2a9c0d5b7e4a11') && controller.abort(),
  })
  expect(exitCode).toBe(130)
  expect(stdout).toMatch(/3 files: 1 accepted, 2 refused, interrupted: 4 not started\n/)
  expect(readFileSync(page, 'utf8')).toContain('Interrupted: 4 files not started.')
})

test('a file that cannot be read is neither accepted nor refused', async () => {
  const { exitCode, lines } = await capture(['trial', '--json', join(home, 'nowhere.jpg')])
  expect(exitCode).toBe(1)
  expect(jsonOf(lines())).toMatchObject([
    { ok: false, code: 'no-file', message: 'There is no such file.' },
    { summary: { files: 1, accepted: 0, refused: 0, unreadable: 1 } },
  ])
})

test('a sample is spread over all, and the same each time', async () => {
  const { lines } = await capture(['trial', '--json', '--sample', '3', uploads()])
  expect(
    jsonOf(lines())
      .slice(0, -1)
      .map(({ file }) => nameIn(file)),
  ).toEqual(['<img src=x onerror=alert(1)>.png', 'old/3f2a9c0d5b7e4a11', 'old/cut.png'])
})

test('names come from a list too', async () => {
  const name = join(uploads(), 'valley.jpg')
  const { exitCode, lines } = await capture(['trial', '--json', '--files-from', '-'], `${name}\n`)
  expect([exitCode, jsonOf(lines())[0].file]).toEqual([0, name])
})

test('beside sharp: file by file, also where its process dies', async () => {
  projectWith(fakeSharp)
  const { exitCode, lines } = await capture(['trial', '--json', '--beside', 'sharp', uploads()])
  expect(exitCode).toBe(1)
  const results = jsonOf(lines())
  const { beside, rivalPeak } = results.pop().summary
  const unsupported = 'Input file contains unsupported image format'
  expect(
    results.map(({ file, beside }) => [nameIn(file), beside.ok ? beside.bytes : beside.message]),
  ).toEqual([
    ['<img src=x onerror=alert(1)>.png', unsupported],
    ['cut.jpg', 1000],
    ['old/3f2a9c0d5b7e4a11', unsupported],
    ['old/animated.gif', 'its process ended (SIGKILL)'],
    ['old/cut.png', unsupported],
    ['old/polyglot.jpg', 1000],
    ['valley.jpg', 1000],
  ])
  expect(beside).toMatchObject({
    name: 'sharp 9.9.9',
    both: 2,
    oursAlone: 2,
    theirsAlone: 1,
    neither: 2,
    theirs: { bytes: 2000 },
    disagreements: [
      { file: join(uploads(), 'cut.jpg'), ours: 'truncated' },
      { file: join(uploads(), 'old/3f2a9c0d5b7e4a11'), theirs: unsupported },
      { file: join(uploads(), 'old/animated.gif'), theirs: 'its process ended (SIGKILL)' },
    ],
  })
  expect(rivalPeak).toBeGreaterThan(10e6)
})

test('a sharp that cannot be started again is told for every file', async () => {
  projectWith(brokenSharp)
  const { lines } = await capture(['trial', '--json', '--sample', '3', '--beside', 'sharp', uploads()])
  expect(jsonOf(lines()).map(({ beside }) => beside?.message)).toEqual([
    'its process ended (exit code 3)',
    'it is gone',
    'it is gone',
    undefined,
  ])
})

test('a sharp that hangs over a file is ended, and draws the next one', async () => {
  projectWith(fakeSharp.replace("process.kill(process.pid, 'SIGKILL')", 'await new Promise(() => {})'))
  const rival = await startSharp(definePolicy().output, process.cwd(), { drawMs: 500 })
  try {
    expect(await rival.draw(join(uploads(), 'old/animated.gif'))).toMatchObject({
      ok: false,
      message: 'had no answer after 0.5 s and was ended',
    })
    expect(await rival.draw(join(uploads(), 'valley.jpg'))).toMatchObject({ ok: true, bytes: 1000 })
  } finally {
    rival.stop()
  }
})

test('the real sharp draws what it reads', async () => {
  // It is there for the tests of its renderer.
  vi.spyOn(process, 'cwd').mockReturnValue(fileURLToPath(new URL('../../../test/', import.meta.url)))
  const { stdout } = await capture(['trial', '--beside', 'sharp', join(uploads(), 'valley.jpg')])
  expect(stdout).toMatch(/valley\.jpg .*\[sharp: [\d.]+ kB, [\d.]+ m?s\]\n/)
  expect(stdout).toMatch(/beside +sharp \d+\.\d+\.\d+, .*\n +accepted by both 1, by Sluice alone 0/)
})

test('without sharp, or with one that cannot be loaded, it says so at once', async () => {
  given.sharp = false
  expect(await capture(['trial', '--beside', 'sharp', uploads()])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/sharp is not installed in .*: npm install sharp/),
  })
  given.sharp = true
  projectWith("throw new Error('Could not load the sharp module')")
  expect(await capture(['trial', '--beside', 'sharp', uploads()])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: 'sluice: sharp is installed but cannot be loaded: Could not load the sharp module\n',
  })
})

test('the page stands alone, runs nothing, and shows names as text', async () => {
  projectWith(fakeSharp)
  const page = join(home, 'trial.html')
  await capture(['trial', uploads(), '--beside', 'sharp', '--html', page])
  const text = readFileSync(page, 'utf8')
  expect(text).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:"`,
  )
  expect(text).not.toMatch(/<script|<img src=x|<link|@import|url\(|https?:|javascript:/)
  expect(text).not.toMatch(/<[^>]* on\w+=/)
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;.png')
  expect(text).toContain('3 files would be refused, most often as truncated')
  expect(text).toMatch(/Beside sharp 9\.9\.9: [\d.]+ of its bytes in [\d.]+ of its time/)
  expect(text.match(/<img src="data:image\/(?:webp|gif);base64,/g)).toHaveLength(4)
})

test('wrong usage says what is wrong, before any work', async () => {
  const wrong: [string[], RegExp][] = [
    [['trial'], /no folder was given/],
    [['trial', '-'], /sluice inspect -/],
    [['trial', '--beside', 'gd', uploads()], /Allowed choices are sharp/],
    [['trial', '--sample', '0', uploads()], /whole number from 1/],
    [
      ['trial', '--html', join(home, 'nowhere/page.html'), uploads()],
      /the page could not be written: ENOENT/,
    ],
    [['trial', '--files-from', join(home, 'nowhere.txt')], /list could not be read/],
  ]
  for (const [args, message] of wrong) {
    const { exitCode, stderr, stdout } = await capture(args)
    expect([exitCode, stdout], args.join(' ')).toEqual([2, ''])
    expect(stderr).toMatch(message)
  }
})
