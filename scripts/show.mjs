import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './pnpm.mjs'
import { serve } from './serve.mjs'

/**
 * Examples that are shown in a browser: what `prepare` needs to build each. Its mount.mjs has a function `mount`.
 * @type {readonly ({ name: string } & import('./prepare.mjs').Needs)[]}
 */
const shown = [
  {
    name: 'laboratory',
    build: ['--filter-prod', '@sluice/laboratory...'],
    last: 'examples/laboratory/dist/index.html',
    sources: ['packages', 'look', 'examples/laboratory'],
  },
  {
    name: 'blog',
    build: ['--filter-prod', '@sluice/blog...'],
    last: 'examples/blog/dist/blog.js',
    sources: ['packages', 'look', 'examples/blog'],
  },
]

/** @param {string} name */
const mountOf = name => join(root, 'examples', name, 'mount.mjs')

export const examplesToShow = shown.filter(({ name }) => existsSync(mountOf(name)))

/** Shows all of them on one port until the process is told to end. @param {Parameters<typeof serve>[1]} [options] */
export async function show(options) {
  /** @type {import('./serve.mjs').Mount[]} */
  const mounts = []
  for (const { name } of examplesToShow) {
    const { mount } = await import(pathToFileURL(mountOf(name)).href)
    mounts.push(await mount())
  }
  const { close } = await serve(mounts, options)
  const end = () => void close().then(() => process.exit(0))
  process.once('SIGINT', end).once('SIGTERM', end)
}
