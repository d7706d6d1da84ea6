import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { post } from './samples.mjs'

/* What happens where a file of the packages does not arrive on the server. On `dist`: `npm run build` comes first. */

const packages = fileURLToPath(new URL('../../packages/', import.meta.url))

const server = `
import { createServer } from 'node:http'
import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'
import { memoryStore } from '@sluice/stores'

const upload = uploadHandler({ store: memoryStore(), public: true })
const server = createServer(nodeListener(upload)).listen(0, '127.0.0.1', () => {
  console.log(server.address().port)
})
`

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-lost-'))
})
afterEach(() => rmSync(home, { recursive: true }))

/** As npm would install them, for a server that has lost whatever a test takes away. */
function installed(): string {
  const modules = join(home, 'node_modules')
  for (const owner of ['adapters', 'codecs', 'core', 'encoder', 'kernel', 'sandbox', 'stores']) {
    for (const part of ['package.json', 'dist'])
      cpSync(join(packages, owner, part), join(modules, '@sluice', owner, part), { recursive: true })
    const { dependencies = {} } = JSON.parse(readFileSync(join(packages, owner, 'package.json'), 'utf8'))
    for (const name of Object.keys(dependencies).filter(each => !each.startsWith('@sluice/'))) {
      mkdirSync(dirname(join(modules, name)), { recursive: true })
      symlinkSync(realpathSync(join(packages, owner, 'node_modules', name)), join(modules, name))
    }
  }
  writeFileSync(join(home, 'server.mjs'), server)
  return join(modules, '@sluice/codecs/dist')
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** @returns its first line, or how it ended, and what it said on stderr until `said` is called */
async function start(file: string) {
  const child = spawn(process.execPath, [join(home, file)], { cwd: home, env: { PATH: process.env.PATH } })
  children.push(child)
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const line = once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => Number(text))
  const end = once(child, 'close').then(([code]) => `ended with ${code}`)
  return { outcome: await Promise.race([line, end]), said: () => stderr }
}

const cure = "import '@sluice/codecs/inline'"

test.each(['wasm/kernel.wasm', 'wasm/encoder.wasm', 'wasm/lcms.wasm', 'pool/render-worker.js'])(
  'without %s the server does not start, and says why',
  async file => {
    rmSync(join(installed(), file))
    const { outcome, said } = await start('server.mjs')
    expect(outcome).toBe('ended with 1')
    expect(said()).toContain(file)
    expect(said()).toContain(cure)
  },
)

test('a module that is lost after the start is the fault of the server, and named in its log', async () => {
  const dist = installed()
  const { outcome, said } = await start('server.mjs')
  expect(outcome).toBeTypeOf('number')
  rmSync(join(dist, 'wasm/kernel.wasm'))
  const answers = await post(`http://127.0.0.1:${outcome}/`)
  expect(Object.values(answers)).toEqual(Array(4).fill('503 renderer-unavailable'))
  expect(said()).toContain('kernel.wasm')
  expect(said()).toContain(cure)
})

/** One file, made by a bundler that shows by no condition that it is one. */
async function bundle(code: string, format: 'esm' | 'cjs') {
  await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    platform: 'node',
    conditions: ['node'],
    format,
    outfile: join(home, 'bundle.mjs').replace('mjs', format === 'cjs' ? 'cjs' : 'mjs'),
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  })
}

test.each(['esm', 'cjs'] as const)('a bundle (%s) without the modules does not start', async format => {
  await bundle(server, format)
  const { outcome, said } = await start(format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs')
  expect(outcome).toBe('ended with 1')
  expect(said()).toContain(cure)
})

test('with /inline it draws what the packages draw', async () => {
  await bundle(`import '@sluice/codecs/inline'\n${server}`, 'cjs')
  installed()
  const [whole, bundled] = [await start('server.mjs'), await start('bundle.cjs')]
  const answers = await post(`http://127.0.0.1:${bundled.outcome}/`)
  expect(answers).toEqual(await post(`http://127.0.0.1:${whole.outcome}/`))
  expect(Object.values(answers).slice(0, 3)).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f]{64}$/)))
  expect(answers.bad).toMatch(/^422 /)
  expect(bundled.said()).not.toContain('worker-ended')
})

test('nobody loads what is carried but who asks for it', () => {
  const manifest = JSON.parse(readFileSync(join(packages, 'codecs/package.json'), 'utf8'))
  for (const name of ['#modules', '#threads']) {
    const { node, workerd, browser } = manifest.imports[name]
    expect(node.module).toContain('inline')
    expect(JSON.stringify([node.default, workerd, browser])).not.toContain('inline')
  }
  for (const name of ['index.js', 'wasm/node.js', 'wasm/browser.js', 'pool/runtime/node.js'])
    expect(readFileSync(join(packages, 'codecs/dist', name), 'utf8')).not.toContain('#parts')
})
