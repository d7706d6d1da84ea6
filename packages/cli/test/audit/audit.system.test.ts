import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capture } from '../capture.js'
import { keyOf, put, tinyGif } from '../library.js'

test('extended attributes are found, and those of names with line breaks too', async () => {
  const home = mkdtempSync(join(tmpdir(), 'sluice-attributes-'))
  try {
    const out = join(home, 'out')
    mkdirSync(out, { mode: 0o755 })
    const key = keyOf('202511', 1)
    const clean = keyOf('202511', 2)
    put(out, clean, tinyGif(2))
    execFileSync('setfattr', ['-n', 'user.note', '-v', 'x', put(out, key, tinyGif(1))])
    execFileSync('setfattr', ['-n', 'user.note', '-v', 'x', put(out, '202511/a\nb', '')])
    const { exitCode, lines } = await capture(['audit', '--json', out])
    const all = lines().map(line => JSON.parse(line))
    expect(all.filter(({ problem }) => problem === 'attributes')).toEqual(
      expect.arrayContaining([
        { path: key, problem: 'attributes', detail: 'user.note' },
        { path: '202511/a\nb', problem: 'attributes', detail: 'user.note' },
      ]),
    )
    expect([exitCode, all.at(-1).summary.problems]).toEqual([1, { attributes: 2, name: 1 }])
    expect(all.at(-1).summary.attributes).toBe(true)
  } finally {
    rmSync(home, { recursive: true })
  }
})
