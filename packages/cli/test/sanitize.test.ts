import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keyGrammar, sniffFormat } from '@sluice/core'
import manifest from '@sluice/fixtures/manifest.json' with { type: 'json' }
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from './capture.js'

const fixtures = fileURLToPath(new URL('../../../fixtures/files/', import.meta.url))
let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-cli-'))
})
afterAll(() => rmSync(home, { recursive: true }))

const out = () => join(home, 'out')
const sanitize = (...args: string[]) => capture(['sanitize', '--out', out(), ...args])
const jsonOf = (lines: readonly string[]) => lines.map(line => JSON.parse(line))

test('every fixture has the outcome of its manifest, in the order given, with any number of jobs', async () => {
  expect(manifest.length).toBeGreaterThanOrEqual(50)
  const { exitCode, lines } = await sanitize(
    '--json',
    '--jobs',
    '3',
    ...manifest.map(({ file }) => fixtures + file),
  )
  const outcomes = jsonOf(lines())
  expect(exitCode).toBe(1)
  expect(outcomes.map(({ file }) => file)).toEqual(manifest.map(({ file }) => fixtures + file))
  for (const [index, fixture] of manifest.entries()) {
    const outcome = outcomes[index]
    expect(outcome, fixture.file).toMatchObject(
      'code' in fixture.expect ? { ok: false, code: fixture.expect.code } : { ok: true, ...fixture.expect },
    )
    expect(outcome.ms, fixture.file).toBeGreaterThanOrEqual(0)
    if (!outcome.ok) continue
    expect(outcome.key).toMatch(keyGrammar)
    expect(outcome.inputBytes).toBe(fixture.bytes)
    const stored = readFileSync(join(out(), outcome.key))
    expect(stored.length).toBe(outcome.bytes)
    expect(sniffFormat(stored)).toBe(outcome.format)
    for (const trace of ['Exif', 'Procedural', '<script>']) expect(stored.includes(trace), trace).toBe(false)
  }
})

test('a file that cannot be read is a refusal like any other, and the run goes on', async () => {
  // A file whose reading fails: of its own memory a process may read no byte at address 0.
  symlinkSync('/proc/self/mem', join(home, 'memory.jpg'))
  const inputs = [
    join(home, 'missing.jpg'),
    join(home, 'memory.jpg'),
    '/dev/null',
    `${fixtures}odd/one-pixel.png`,
  ]
  const { exitCode, lines } = await sanitize('--json', ...inputs)
  expect(exitCode).toBe(1)
  const refusal = { ok: false, code: 'no-file', status: 400, stage: 'receive' }
  expect(jsonOf(lines())).toMatchObject([
    { ...refusal, message: 'There is no such file.' },
    { ...refusal, message: 'The file cannot be read (EIO).' },
    { ...refusal, message: 'This is not an ordinary file.' },
    { ok: true, width: 1, height: 1 },
  ])
})

test('names come from a list too, from a file or standard input', async () => {
  const name = `${fixtures}odd/one-pixel.png`
  writeFileSync(join(home, 'list.txt'), `${name}\r\n\n${name}\n`)
  const fromFile = await sanitize('--json', '--files-from', join(home, 'list.txt'), name)
  expect(jsonOf(fromFile.lines()).map(({ file, ok }) => [file, ok])).toEqual([
    [name, true],
    [name, true],
    [name, true],
  ])
  const fromInput = await capture(['sanitize', '--json', '--out', out(), '--files-from', '-'], `${name}\n`)
  expect(fromInput.exitCode).toBe(0)
  expect(jsonOf(fromInput.lines())).toMatchObject([{ file: name, ok: true }])
})

test('a folder is all files in it and in its folders; hidden ones and links are left out', async () => {
  const folder = join(home, 'pictures')
  mkdirSync(join(folder, 'b/c'), { recursive: true })
  mkdirSync(join(folder, 'empty'))
  for (const name of ['z.png', 'b/c/a.png', 'b/x.png', '.hidden.png'])
    copyFileSync(`${fixtures}odd/one-pixel.png`, join(folder, name))
  writeFileSync(join(folder, 'notes.txt'), 'no picture')
  symlinkSync(join(folder, 'z.png'), join(folder, 'link.png'))
  const { exitCode, lines } = await sanitize('--json', folder)
  expect(exitCode).toBe(1)
  expect(jsonOf(lines()).map(({ file, ok }) => [file.slice(folder.length + 1), ok])).toEqual([
    ['b/c/a.png', true],
    ['b/x.png', true],
    ['notes.txt', false],
    ['z.png', true],
  ])
  expect((await sanitize(join(folder, 'empty'))).stderr).toMatch(/no files in .*empty/)
})

test('- is an image from standard input', async () => {
  const input = new Uint8Array(readFileSync(`${fixtures}odd/one-pixel.png`))
  const { exitCode, lines } = await capture(['sanitize', '--json', '--out', out(), '-'], { input })
  expect(exitCode).toBe(0)
  expect(jsonOf(lines())).toMatchObject([{ file: '-', ok: true, width: 1, inputBytes: input.length }])
  expect(await sanitize('--files-from', '-', '-')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('both a list and an image'),
  })
})

test('each result is written when it is there, with the head before all', async () => {
  const written: string[] = []
  const name = `${fixtures}odd/one-pixel.png`
  await capture(['sanitize', '--out', out(), name, name, name], { onWrite: text => written.push(text) })
  expect(written.map(text => text.split(' ')[0]?.slice(0, 4))).toEqual([
    'file',
    expect.stringMatching(/^(?:….{3})$/),
    expect.stringMatching(/^(?:….{3})$/),
    expect.stringMatching(/^(?:….{3})$/),
    '\n3',
  ])
})

test('called off, it begins no further file and tells what was stored', async () => {
  const name = `${fixtures}odd/one-pixel.png`
  for (const json of [[], ['--json']]) {
    const controller = new AbortController()
    const { exitCode, stdout, stderr } = await capture(
      ['sanitize', '--out', out(), ...json, ...Array.from({ length: 9 }, () => name)],
      {
        interruption: () => controller.signal,
        onWrite: text => text.includes('.webp') && controller.abort(),
      },
    )
    expect(exitCode).toBe(130)
    expect(stdout.match(/\d{6}\/[0-9a-f]{32}\.webp/g)).toHaveLength(1)
    if (json.length > 0) expect(stderr).toBe('sluice: interrupted, 8 files not started\n')
    else expect(stdout).toMatch(/1 accepted .*, 0 refused, interrupted: 8 not started\n$/)
  }
})

test('the table names what came in and what came out, and sums up', async () => {
  const { stdout, exitCode } = await sanitize(`${fixtures}orientation/exif-6.jpg`, `${fixtures}bad/cut.png`)
  expect(exitCode).toBe(1)
  const [head, accepted, refused, , sums] = stdout.split('\n')
  expect(head).toMatch(/^file +input +size +bytes +exif +output +bytes +ms +result$/)
  expect(accepted).toMatch(
    /exif-6\.jpg +jpeg +160x240 +4,\d+ +6 +240x160 +3,\d+ +\d+ +\d{6}\/[0-9a-f]{32}\.webp$/,
  )
  expect(refused).toMatch(/cut\.png +png +206 +\d+ +truncated: The image is incomplete/)
  expect(sums).toMatch(/^1 accepted \(4,\d+ bytes in, 3,\d+ out\), 1 refused$/)
})

test('a name cannot write to the terminal', async () => {
  const { stdout } = await sanitize('a\x1b[2J\u202egnp.jpg')
  expect(stdout).toContain('a\\u{1b}[2J\\u{202e}gnp.jpg')
  expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
})

test('a policy from a file decides', async () => {
  writeFileSync(join(home, 'small.json'), JSON.stringify({ maxPixels: 10_000, output: { maxWidth: 60 } }))
  const policy = ['--policy', join(home, 'small.json')]
  const { lines } = await sanitize(
    '--json',
    ...policy,
    `${fixtures}png/palette.png`,
    `${fixtures}webp/lossy.webp`,
  )
  expect(jsonOf(lines())).toMatchObject([
    { ok: true, width: 60, height: 40 },
    { ok: false, code: 'too-many-pixels' },
  ])
})

test('wrong usage is exit code 2 and says what is wrong', async () => {
  writeFileSync(join(home, 'wrong.json'), '{"maxPixel": 1}')
  writeFileSync(join(home, 'file'), '')
  const wrong: [string[], RegExp][] = [
    [['sanitize'], /no files were given/],
    [['sanitize', '--jobs', '0', 'x.jpg'], /whole number from 1 to 99/],
    [['sanitize', '--policy', join(home, 'wrong.json'), 'x.jpg'], /maxPixel is not a setting/],
    [['sanitize', '--policy', join(home, 'missing.json'), 'x.jpg'], /missing\.json/],
    [['sanitize', '--files-from', join(home, 'missing.txt')], /list could not be read/],
    [['sanitize', '--out', join(home, 'file'), 'x.jpg'], /file (?:is no folder|cannot be made)/],
    [['sanitize', '--nonsense'], /unknown option/],
    [['nonsense'], /unknown command/],
    [['audit', join(home, 'missing')], /is not a folder/],
  ]
  for (const [args, message] of wrong) {
    const { exitCode, stderr, stdout } = await capture(args)
    expect([exitCode, stdout], args.join(' ')).toEqual([2, ''])
    expect(stderr).toMatch(message)
  }
})

test('help and version are no errors', async () => {
  const help = await capture(['--help'])
  expect(help.exitCode).toBe(0)
  for (const command of ['sanitize', 'audit', 'policy']) expect(help.stdout).toContain(command)
  expect(await capture(['--version'])).toMatchObject({ exitCode: 0, stdout: '0.1.0\n' })
})
