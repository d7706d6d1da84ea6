import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
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
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tiffFile } from '../../../core/test/tiff-file.js'
import { credentials, startFakeS3 } from '../../../stores/test/fake-s3.js'
import { bundleCli } from '../bundle.js'
import { capture } from '../capture.js'
import { fixtures, keyOf, put, tinyGif } from '../library.js'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-audit-'))
  mkdirSync(out(), { mode: 0o755 })
})
afterEach(() => rmSync(home, { recursive: true }))

const out = () => join(home, 'out')
const month = '202511'
const fill = (files: number) => {
  for (let number = 0; number < files; number++) put(out(), keyOf(month, number), tinyGif(number))
}

async function audit(...args: string[]) {
  const { exitCode, lines, stderr } = await capture(['audit', '--json', out(), ...args])
  const all = lines().map(line => JSON.parse(line || 'null'))
  return { exitCode, stderr, findings: all.slice(0, -1), summary: all.at(-1)?.summary }
}

test('findings and counts are told in lines', async () => {
  fill(3)
  put(out(), `${month}/shell.php`, '<?php')
  const { exitCode, stdout } = await capture(['audit', out()])
  expect(stdout).toMatch(/^name: 202511\/shell\.php\n3 files, 255 bytes, 1 finding\n/)
  expect(stdout).toContain('found:    1 name\n')
  expect(exitCode).toBe(1)
})

test('what is allowed is counted, and no reason to look; an unknown kind is wrong usage', async () => {
  fill(2)
  put(out(), `${month}/robots.txt`, '')
  const { exitCode, findings, summary } = await audit('--allow', 'name')
  expect([exitCode, findings, summary.allowed]).toEqual([0, [], { name: 1 }])
  const wrong = await capture(['audit', out(), '--allow', 'nmae'])
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('Is it name?')])
})

test('a folder that is not there or is none is told, with another exit code than findings', async () => {
  for (const path of [join(home, 'missing'), put(home, 'file', '')]) {
    const { exitCode, stdout, stderr } = await capture(['audit', path])
    expect([exitCode, stdout, stderr.split('\n')]).toEqual([2, '', [expect.stringMatching(/^sluice: /), '']])
  }
})

// Whoever is root reads everything.
test.skipIf(process.platform === 'win32')(
  'what cannot be read is a finding, and the audit not whole',
  async () => {
    fill(2)
    chmodSync(home, 0o755)
    chmodSync(put(out(), keyOf(month, 3), tinyGif(3)), 0)
    mkdirSync(join(out(), '202512'), { mode: 0 })
    process.seteuid?.(65_534)
    try {
      const { exitCode, findings, summary } = await audit('--allow', 'mode')
      expect(findings).toEqual([
        { path: keyOf(month, 3), problem: 'unreadable', detail: expect.stringMatching(/EACCES/) },
        { path: '202512/', problem: 'unreadable', detail: expect.stringMatching(/EACCES/) },
      ])
      expect([exitCode, summary.files]).toEqual([2, 2])
    } finally {
      process.seteuid?.(0)
    }
  },
)

test('nothing is changed by looking: no folder is made, no file touched', async () => {
  fill(2)
  const before = statSync(out()).mtimeMs
  expect((await audit()).exitCode).toBe(0)
  expect(readdirSync(home)).toEqual(['out'])
  expect(statSync(out()).mtimeMs).toBe(before)
})

test('what should never be served is moved aside, whole, with the reason; the rest is clean', async () => {
  fill(3)
  mkdirSync(join(out(), 'deep'))
  writeFileSync(join(out(), 'deep/x'), 'deep')
  put(out(), `${month}/shell.php`, '<?php')
  chmodSync(join(out(), keyOf(month, 1)), 0o600)
  const { exitCode, summary } = await audit('--fix')
  expect([exitCode, summary.moved.moved, summary.moved.left]).toEqual([1, 2, []])
  const [run = ''] = readdirSync(join(home, '.out-quarantine'))
  const quarantined = join(home, '.out-quarantine', run)
  expect(statSync(quarantined).mode & 0o777).toBe(0o700)
  expect(readFileSync(join(quarantined, 'files', month, 'shell.php'), 'utf8')).toBe('<?php')
  expect(readFileSync(join(quarantined, 'files/deep/x'), 'utf8')).toBe('deep')
  expect(readFileSync(join(quarantined, 'findings.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
  // Rights are told, and left to a person.
  expect((await audit()).summary.problems).toEqual({ mode: 1 })
})

test('killed at any instant, it goes on where it was, and tells everything once', async () => {
  fill(1200)
  for (const number of [3, 600, 1199]) put(out(), `${month}/${number.toString(16)}.php`, '')
  put(out(), keyOf(month, 9999), tinyGif(7))
  const whole = await audit()
  const program = await bundleCli()
  const checkpoint = join(home, 'checkpoint')
  const args = ['audit', '--json', out(), '--checkpoint', checkpoint]
  // Less than a third of it each time: from the beginning it would never come to an end.
  const env = { ...process.env, SLUICE_TEST_KILL: 'open 350' }
  for (let kills = 0; ; kills++) {
    const { status, signal, stdout } = spawnSync(process.execPath, [program, ...args], {
      encoding: 'utf8',
      env,
    })
    if (signal === 'SIGKILL') continue
    expect(kills).toBeGreaterThan(2)
    expect(status).toBe(1)
    const lines = stdout.trim().split('\n')
    expect(lines.slice(0, -1).sort()).toEqual(whole.findings.map(finding => JSON.stringify(finding)).sort())
    expect(JSON.parse(lines.at(-1) ?? '').summary.statistics).toEqual(whole.summary.statistics)
    break
  }
  expect(readdirSync(checkpoint)).toEqual([])
})

test('progress of other work is not mixed with this one', async () => {
  fill(1)
  const checkpoint = join(home, 'checkpoint')
  mkdirSync(checkpoint)
  writeFileSync(
    join(checkpoint, 'state.json'),
    JSON.stringify({ version: 1, subject: 'audit of another', lengths: {}, state: {} }),
  )
  const { exitCode, stderr } = await capture(['audit', out(), '--checkpoint', checkpoint])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('other work: audit of another')])
})

test('Ctrl-C ends it in good order', async () => {
  fill(20)
  const controller = new AbortController()
  controller.abort()
  const given = { interruption: () => controller.signal }
  const { exitCode, stdout } = await capture(['audit', out()], given)
  expect([exitCode, stdout]).toEqual([130, expect.stringContaining('not everything was checked')])
})

test('a log is counted, one from the shelf of a logger too', async () => {
  const log = put(home, 'log.jsonl', '')
  const event = (event: string, code?: string) => JSON.stringify({ event, code })
  const lines = [
    event('upload.accepted'),
    event('upload.refused', 'truncated'),
    JSON.stringify({ level: 30, upload: { event: 'upload.refused', code: 'truncated' } }),
    'GET /images "upload.',
    event('upload.refused', 'too-large'),
  ]
  writeFileSync(log, lines.join('\n'))
  const { summary } = await audit('--log', log)
  expect(summary.refusals).toEqual({
    accepted: 1,
    refused: 3,
    codes: { truncated: 2, 'too-large': 1 },
    others: 1,
  })
  expect((await capture(['audit', out(), '--log', home])).exitCode).toBe(2)
})

test('the page is one file that loads nothing, and names of strangers are text in it', async () => {
  fill(30)
  put(out(), `${month}/<img src=x onerror=alert(1)>`, '')
  const page = join(home, 'audit.html')
  expect((await audit('--html', page)).exitCode).toBe(1)
  const text = readFileSync(page, 'utf8')
  expect(text).toContain('default-src &#39;none&#39;')
  expect(text).toContain('&lt;img src=x')
  expect(text).not.toMatch(/<img|<script|<link|url\(|https?:/)
  expect(text).toContain('1 finding, most often: name')
  const unwritable = await capture(['audit', out(), '--html', join(home, 'none/page.html')])
  expect([unwritable.exitCode, unwritable.stdout]).toEqual([2, ''])
})

test('a copyright is no finding where the policy keeps it, as long as it is ours to the last byte', async () => {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiffFile({ 33432: 'Jane Doe' })])
  const photo = readFileSync(`${fixtures}photos/valley.jpg`)
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2])
  const upload = put(home, 'valley.jpg', Buffer.concat([head, exif, photo.subarray(2)]))
  const policy = [
    '--policy',
    put(home, 'policy.json', '{ "keep": ["copyright"], "output": { "effort": 0 } }'),
  ]
  const made = await capture(['sanitize', '--json', '--out', out(), ...policy, upload])
  const { key } = JSON.parse(made.stdout)
  expect(await audit(...policy)).toMatchObject({ exitCode: 0, findings: [] })
  const foreign = { path: key, problem: 'content', detail: 'flags of VP8X' }
  expect(await audit()).toMatchObject({ exitCode: 1, findings: [foreign] })
  const bytes = readFileSync(join(out(), key))
  bytes.writeUInt8('<'.charCodeAt(0), bytes.indexOf('Jane Doe'))
  writeFileSync(join(out(), key), bytes)
  expect(await audit(...policy)).toMatchObject({ exitCode: 1, findings: [foreign] })
})

test('a bucket is looked at by the same rules, page by page', async () => {
  const s3 = await startFakeS3()
  const { accessKeyId, secretAccessKey, region } = credentials
  const before = { ...process.env }
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
  })
  try {
    s3.control.pageSize = 7
    const add = (key: string, bytes: Uint8Array, type: string) =>
      s3.objects.set(`public/${key}`, {
        bytes: Buffer.from(bytes),
        modified: Date.now(),
        headers: { 'content-type': type },
      })
    for (let number = 0; number < 20; number++) add(keyOf(month, number), tinyGif(number), 'image/gif')
    const endpoint = ['--endpoint', s3.url.replace(/\/bucket$/, '')]
    const args = ['audit', '--json', 's3://bucket/public', ...endpoint]
    // The fake's bucket has a short name.
    const clean = await capture(args)
    expect(clean.lines().map(line => JSON.parse(line))).toMatchObject([
      { summary: { files: 20, findings: 0 } },
    ])
    add(`${month}/shell.php`, Buffer.from('<?php'), 'text/html')
    add(keyOf(month, 50), tinyGif(50), 'text/html')
    const { exitCode, lines } = await capture([...args, '--fix', '--quarantine', join(home, 'aside')])
    expect(
      lines()
        .slice(0, -1)
        .map(line => JSON.parse(line)),
    ).toEqual([
      { path: keyOf(month, 50), problem: 'served-type', detail: 'text/html, not image/gif' },
      { path: `${month}/shell.php`, problem: 'name' },
    ])
    expect(exitCode).toBe(1)
    expect(s3.objects.has(`public/${month}/shell.php`)).toBe(false)
    const [run = ''] = readdirSync(join(home, 'aside'))
    expect(readFileSync(join(home, 'aside', run, 'files', `${month}%2Fshell.php`), 'utf8')).toBe('<?php')
    s3.control.fault = () => 503
    const silent = await capture(args)
    expect([silent.exitCode, silent.stderr]).toEqual([2, expect.stringContaining('could not be listed')])
  } finally {
    process.env = before
    await s3.stop()
  }
})

test('a bucket without credentials is told so', async () => {
  const { exitCode, stderr } = await capture(['audit', 's3://bucket', '--endpoint', 'http://127.0.0.1:1'])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('AWS_ACCESS_KEY_ID is not set')])
  expect(existsSync('s3:')).toBe(false)
})
