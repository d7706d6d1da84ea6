/*
 * The process that the crash tests kill. It runs bundled, as a program of its own:
 *   crash-child <mode> <folder> [at]
 * Modes: `loop` commits until it is killed; `once` commits three files; `start` only opens the store. With
 * `at`, it kills itself in front of its at-th operation on the file system, a write half done. It prints a
 * line of JSON for every commit that was accepted, and every operation in the mode `trace`. `check` prints what
 * the examiner of stores finds wrong. With NO_LINKS in the environment, the file system has no hard links.
 */
import fs, { writeSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import { fsStore } from '@sluice/stores/fs'
import { checkStore } from '@sluice/stores/testing'
import { makeCommit } from './commits.js'

const [mode = '', folder = '', at = '0'] = process.argv.slice(2)
const print = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`)

type Operation = (...given: unknown[]) => Promise<unknown>
let operations = 0

function watch(target: Record<string, unknown>, name: string, pathOf: (given: unknown[]) => string) {
  const original = target[name] as Operation
  target[name] = async function (this: unknown, ...given: unknown[]) {
    operations++
    if (operations === Number(at)) {
      if (name === 'writeFile') await original.call(this, (given[0] as Uint8Array).subarray(0, 100))
      process.kill(process.pid, 'SIGKILL')
    }
    const result = await original.apply(this, given)
    if (mode === 'trace') print(`${name} ${pathOf(given)}`)
    if (name === 'open') watchHandle(result as Record<string, unknown>, pathOf(given))
    return result
  }
}

function watchHandle(handle: Record<string, unknown>, path: string) {
  for (const name of ['writeFile', 'chmod', 'sync', 'close']) watch(handle, name, () => path)
}

if (process.env.NO_LINKS) {
  const refuse = () => Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })
  promises.link = () => Promise.reject(refuse())
  fs.linkSync = () => {
    throw refuse()
  }
}
for (const name of ['mkdir', 'open', 'link', 'rename', 'rm', 'unlink', 'readdir', 'lstat', 'chmod'])
  watch(promises as unknown as Record<string, unknown>, name, given => basename(String(given[0])))
syncBuiltinESMExports()

const store = fsStore(folder)
if (mode === 'check') print(await checkStore(store))
if (mode === 'start') await store.get('')
do {
  const files = makeCommit()
  if (mode !== 'start' && mode !== 'check') {
    await store.commit(files)
    print(files.map(file => file.key))
  }
} while (mode === 'loop')
if (mode === 'start') for await (const _ of store.list());
