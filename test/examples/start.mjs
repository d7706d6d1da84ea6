import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../../', import.meta.url))
/** All of them. */
export const folders = readdirSync(join(root, 'examples')).sort()

/** @param {string} name */
const manifestOf = name => JSON.parse(readFileSync(join(root, 'examples', name, 'package.json'), 'utf8'))

/** Those that are installed from packages as they are published; the others are part of the workspace. */
export const examples = folders.filter(name => manifestOf(name).dependencies.sluice === '*')
const run = promisify(execFile)

const packed = mkdtempSync(join(tmpdir(), 'sluice-tarballs-'))
process.on('exit', () => rmSync(packed, { recursive: true, force: true }))

/** Packs what is published. Once, before the first example is started. */
export async function pack() {
  await run('npm', ['run', '--silent', 'pack', '--', packed], { cwd: root, maxBuffer: 1e8 })
}

function tarballs() {
  const files = readdirSync(packed).map(file => join(packed, file))
  if (files.length === 0) throw new Error('nothing is packed')
  return files
}

/**
 * Installs an example into an empty folder from packed tarballs and starts it, by its own commands.
 * @param {string} name
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<{ base: string, folder: string, stop(): void }>}
 */
export async function start(name, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), `sluice-example-${name}-`))
  cpSync(join(root, 'examples', name), folder, { recursive: true })
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const port = await freePort()
  const base = `http://localhost:${port}`
  const options = {
    cwd: folder,
    env: { ...process.env, CI: 'true', NODE_ENV: '', PORT: String(port), ORIGIN: base, ...env },
    maxBuffer: 1e8,
  }
  try {
    await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs()], options)
    if (scripts.build) await run('npm', ['run', 'build'], options)
    const kill = await started(options, port)
    return {
      base,
      folder,
      stop() {
        kill()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true })
    throw thrown
  }
}

/** Resolved when the server prints its port. In a group of its own, for npm starts what starts the server. */
function started(options, port) {
  const child = spawn('npm', ['start'], { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch (thrown) {
      if (thrown.code !== 'ESRCH') throw thrown
    }
  }
  return new Promise((resolve, reject) => {
    let printed = ''
    const listen = chunk => {
      printed += chunk
      if (new RegExp(`:${port}\\b`).test(printed)) resolve(kill)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', code => reject(new Error(`ended with ${code}: ${printed}`)))
    setTimeout(() => {
      kill()
      reject(new Error(`did not start within two minutes: ${printed}`))
    }, 120_000).unref()
  })
}

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
