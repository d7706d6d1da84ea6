import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keyGrammar } from '@sluice/core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { root } from './pack.js'

/* The first minute of a reader: what README says, pasted into an empty folder beside a clone that was packed. */

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const [install = '', , ...others] = blocksOf('sh')
const [server = '', members = ''] = blocksOf('js')

let scratch = ''
const home = () => join(scratch, 'app')
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-readme-'))
  mkdirSync(home())
  execFileSync('npm', ['run', '--silent', 'pack', '--', join(scratch, 'sluice/build/tarballs')], {
    cwd: root,
  })
  await promisify(execFile)('sh', ['-ec', install], { cwd: home() })
  cpSync(join(root, 'fixtures/files/photos/valley.jpg'), join(home(), 'photo.jpg'))
}, 600_000)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

let running: ChildProcess | undefined
afterEach(() => {
  running?.kill()
})

function blocksOf(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  )
}

/** Writes a block under the name in its first line and runs it, on another port than 3000, which may be taken. */
async function start(block: string): Promise<string> {
  const [, name = ''] = /^\/\/ (\w+\.mjs)\n/.exec(block) ?? []
  expect(name).not.toBe('')
  expect(block.match(/\b3000\b/g)).toHaveLength(1)
  const port = await freePort()
  writeFileSync(join(home(), name), block.replace('3000', String(port)))
  running = spawn(process.execPath, [name], { cwd: home(), stdio: ['ignore', 'inherit', 'inherit'] })
  const base = `http://localhost:${port}`
  await vi.waitFor(() => fetch(base), { timeout: 30_000 })
  return base
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** What curl printed of an answer: status, and the JSON. */
async function curl(...args: string[]) {
  const format = ['-sS', '-w', '\n%{http_code}']
  const { stdout } = await promisify(execFile)('curl', [...format, ...args], { cwd: home() })
  const [body = '', status] = stdout.split(/\n(?=\d+$)/)
  return { status: Number(status), answer: JSON.parse(body) }
}

test('the first block: curl is answered 201, and the URL in the answer 200, as an image and nothing else', async () => {
  expect(readme.match(/^curl .*$/gm)).toEqual(['curl -F image=@photo.jpg http://localhost:3000/images'])
  const base = await start(server)
  const { status, answer } = await curl('-F', 'image=@photo.jpg', `${base}/images`)
  expect([status, answer]).toMatchObject([201, { format: 'webp', width: 1600, height: 1200, frames: 1 }])
  expect(answer.key).toMatch(keyGrammar)
  const served = await fetch(base + answer.url)
  expect([served.status, (await served.arrayBuffer()).byteLength]).toEqual([200, answer.bytes])
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/webp',
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-site',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag: `"${answer.key}"`,
  })
  const known = await fetch(base + answer.url, { headers: { 'if-none-match': `"${answer.key}"` } })
  expect(known.status).toBe(304)
  expect((await fetch(`${base}/images/../server.mjs`)).status).toBe(404)
}, 60_000)

test('what the answer looks like is what README shows', async () => {
  const base = await start(server)
  const [shown = '', refusal = ''] = blocksOf('json')
  const { answer } = await curl('-F', 'image=@photo.jpg', `${base}/images`)
  expect(Object.keys(answer)).toEqual(expect.arrayContaining(Object.keys(JSON.parse(shown))))
  cpSync(join(root, 'fixtures/files/bad/jpeg-inside.png'), join(home(), 'photo.png'))
  const refused = await curl('-F', 'image=@photo.png', `${base}/images`)
  expect(refused).toMatchObject({ status: 415, answer: JSON.parse(refusal) })
}, 60_000)

test('the block with users: who says nothing is refused, ann is not', async () => {
  const base = await start(members)
  expect(await curl('-F', 'image=@photo.jpg', `${base}/images`)).toMatchObject({ status: 401 })
  const asAnn = ['-H', 'Authorization: Bearer a-secret']
  expect(await curl(...asAnn, '-F', 'image=@photo.jpg', `${base}/images`)).toMatchObject({ status: 201 })
}, 60_000)

test('the two commands run', async () => {
  const [commands = ''] = others.filter(block => block.includes('npx sluice'))
  const lines = commands.trim().split('\n')
  expect(lines.map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
    'npx sluice trial',
    'npx sluice sanitize',
  ])
  mkdirSync(join(home(), 'pictures'))
  cpSync(join(home(), 'photo.jpg'), join(home(), 'pictures/again.jpg'))
  // sharp is what a reader has who comes from it; here there is none.
  const [trial = '', sanitize = ''] = lines.map(line => line.replace(' --beside sharp', ''))
  const run = (line: string) => promisify(execFile)('sh', ['-ec', line], { cwd: home() })
  expect((await run(trial.replace('/srv/uploads', 'pictures'))).stdout).toMatch(/\nfiles +1 file: 1 accepted/)
  expect(readFileSync(join(home(), 'trial.html'), 'utf8')).toContain('<h1>Trial of pictures</h1>')
  expect((await run(sanitize)).stdout).toMatch(/\n2 accepted/)
}, 120_000)
