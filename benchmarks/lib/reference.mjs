import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** @import { Picture, Size } from '../types.js' */

const script = fileURLToPath(new URL('reference.py', import.meta.url))
/** Where a Python with Debian's python3-pil and python3-numpy may be. */
const interpreters = ['python3', '/usr/bin/python3']

/**
 * Lossless references: see reference.py.
 * @returns `at(path, size?)`: the upright first frame in sRGB at `size` (its own without), as RGBA; and `close()`
 */
export function openReference() {
  const python = interpreters.find(name => spawnSync(name, ['-c', 'import PIL, numpy']).status === 0)
  if (!python) throw new Error('no Python with Pillow and numpy: apt-get install python3-pil python3-numpy')
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const chunks = child.stdout[Symbol.asyncIterator]()
  /** @type {Buffer} */
  let held = Buffer.alloc(0)

  async function more() {
    const { value, done } = await chunks.next()
    if (done) throw new Error('reference.py ended')
    held = Buffer.concat([held, value])
  }
  /** @param {number} length */
  async function take(length) {
    const parts = [held]
    for (let have = held.length; have < length; ) {
      const { value, done } = await chunks.next()
      if (done) throw new Error('reference.py ended')
      parts.push(value)
      have += value.length
    }
    const all = Buffer.concat(parts)
    held = all.subarray(length)
    return all.subarray(0, length)
  }
  /** @returns {Promise<Size & { error?: string }>} */
  async function line() {
    while (held.indexOf(10) < 0) await more()
    return JSON.parse((await take(held.indexOf(10) + 1)).toString())
  }

  return {
    /** @param {string} path @param {Partial<Size>} size @returns {Promise<Picture>} */
    async at(path, { width, height } = {}) {
      child.stdin.write(`${JSON.stringify({ path, width, height })}\n`)
      const answer = await line()
      if (answer.error) throw new Error(answer.error)
      return { ...answer, rgba: new Uint8Array(await take(answer.width * answer.height * 4)) }
    },
    close: () => child.stdin.end(),
  }
}
