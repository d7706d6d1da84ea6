import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { post } from './samples.mjs'
import { cleanEnv, run, serve } from './shell.mjs'

/** npm has Node itself, one package for each platform. */
const nodes = { 20: '20.19.6', 22: '22.23.3', 24: '24.21.0' }
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

/**
 * Installs, builds, starts and asks one row, and leaves nothing behind.
 * @param {import('./row.js').Row} row
 * @param {Record<string, string>} tarballs
 * @param {string} tools a folder that all rows share: the versions of Node
 * @returns {Promise<import('./row.js').Result>}
 */
export async function runRow(row, tarballs, tools) {
  const started = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'sluice-row-'))
  // One row runs as somebody else.
  chmodSync(folder, 0o755)
  const version = row.node ? nodes[row.node] : process.versions.node
  const about = { title: row.title, node: version, versions: row.install ?? {} }
  const seconds = () => Math.round((performance.now() - started) / 1000)
  try {
    const answers = await ask(row, join(folder, 'app'), {
      tarballs,
      bin: row.node ? nodeOf(version, tools) : dirname(process.execPath),
    })
    return { ...about, answers, seconds: seconds() }
  } catch (thrown) {
    return { ...about, failure: String(thrown.message).slice(-3000), seconds: seconds() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ask(row, app, { tarballs, bin }) {
  const manifest = { name: 'app', private: true, type: 'module', ...row.manifest }
  const dependencies = { ...tarballs, ...row.install }
  // Ours depend on versions of each other that no registry has yet.
  const overrides = Object.fromEntries(Object.keys(tarballs).map(name => [name, `$${name}`]))
  write(app, 'package.json', JSON.stringify({ ...manifest, dependencies, overrides }))
  for (const [path, text] of Object.entries(row.files)) write(app, path, text)
  const options = { cwd: app, env: cleanEnv(app, [bin]) }
  const quiet = '--no-audit --no-fund --no-package-lock --prefer-offline --ignore-scripts --loglevel=error'
  // With the settings of whoever runs this, for the way to the registry is theirs.
  await run(`npm install ${quiet} --legacy-peer-deps`, {
    cwd: app,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  for (const line of row.build ?? []) await run(line, options)
  const home = row.ship ? ship(app, row.ship) : app
  const shipped = { cwd: home, env: cleanEnv(home, [bin]) }
  return await serve(row.start, shipped, url => post(url + (row.path ?? '/images')))
}

/** Moves what was built to where nothing else is. */
function ship(app, built) {
  const home = join(dirname(app), 'shipped')
  renameSync(join(app, built), home)
  rmSync(app, { recursive: true, force: true })
  return home
}

function write(folder, path, text) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** The folder of a version of Node, installed when a row first wants it. */
function nodeOf(version, tools) {
  const prefix = join(tools, version)
  const bin = join(prefix, 'node_modules', nodePackage, 'bin')
  try {
    readFileSync(join(prefix, 'package.json'))
  } catch (thrown) {
    if (thrown.code !== 'ENOENT') throw thrown
    write(prefix, 'package.json', '{ "private": true }')
    const args = ['install', '--no-audit', '--no-fund', '--no-package-lock', `${nodePackage}@${version}`]
    execFileSync('npm', args, { cwd: prefix, stdio: 'pipe' })
  }
  return bin
}
