// Who stands in the flood: how each is started, with a folder and a port behind.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} FloodContender
 * @property {string} id
 * @property {string} label
 * @property {readonly string[]} command
 * @property {Readonly<Record<string, string>>} [env]
 * @property {true} [ours]
 */

/** @param {string} name */
const here = name => fileURLToPath(new URL(name, import.meta.url))
const rivals = createRequire(new URL('../rivals/package.json', import.meta.url))
const multer = here('../rivals/flood/multer.mjs')
// glibc keeps what threads have freed, a heap for each; two is what sharp's documentation says for servers.
const env = { MALLOC_ARENA_MAX: '2' }

/** @type {FloodContender} */
export const sluice = {
  id: 'sluice',
  label: 'Sluice, no option set',
  command: [process.execPath, here('servers/sluice.mjs')],
  ours: true,
}

/**
 * Ours first. Those whose program is not installed are told apart.
 * @returns {{ contenders: readonly FloodContender[], absent: readonly string[] }}
 */
export function allContenders() {
  const bun = bunHere()
  const node = process.execPath
  return {
    contenders: [
      sluice,
      {
        id: 'sharp-6',
        label: 'multer + sharp, effort 6',
        command: [node, multer],
        env: { ...env, EFFORT: '6' },
      },
      { id: 'sharp', label: 'multer + sharp, its default effort', command: [node, multer], env },
      ...(bun
        ? [{ id: 'bun', label: 'Bun.serve + Bun.Image', command: [bun, here('../rivals/flood/bun.mjs')] }]
        : []),
    ],
    absent: bun ? [] : ['bun'],
  }
}

/** The program of the npm package, whose install script would have put it into place. */
function bunHere() {
  try {
    const own = createRequire(rivals.resolve('bun/package.json'))
    const name = `@oven/bun-${process.platform}-${process.arch}`
    const path = join(dirname(own.resolve(`${name}/package.json`)), 'bin/bun')
    return existsSync(path) ? path : undefined
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND') return undefined
    throw thrown
  }
}

/** Of what is measured, by name: they are exact in that package. */
export function versionsHere() {
  const { dependencies } = rivals('./package.json')
  const names = ['express', 'multer', 'sharp', 'bun']
  return { node: process.version, ...Object.fromEntries(names.map(name => [name, dependencies[name]])) }
}
