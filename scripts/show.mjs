import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './pnpm.mjs'
import { serve } from './serve.mjs'

/** Examples that are shown in a browser, and what is built last of each: each has a mount.mjs with a function `mount`. */
export const examplesToShow = [
  { name: 'laboratory', last: 'dist/index.html' },
  { name: 'blog', last: 'dist/blog.js' },
]

/** Shows all of them on one port until the process is told to end. @param {Parameters<typeof serve>[1]} [options] */
export async function show(options) {
  const mounts = []
  for (const { name } of examplesToShow) {
    const { mount } = await import(pathToFileURL(join(root, 'examples', name, 'mount.mjs')).href)
    mounts.push(await mount())
  }
  const { close } = await serve(mounts, options)
  const end = () => void close().then(() => process.exit(0))
  process.once('SIGINT', end).once('SIGTERM', end)
}
