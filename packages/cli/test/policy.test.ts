import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import { capture } from './capture.js'

test('prints the effective policy, of a module too', async () => {
  const home = mkdtempSync(join(tmpdir(), 'sluice-policy-'))
  try {
    writeFileSync(join(home, 'policy.mjs'), 'export default { maxBytes: "2 MiB" }')
    const args = ['policy', '--policy', join(home, 'policy.mjs')]
    const { exitCode, stdout } = await capture([...args, '--json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(definePolicy({ maxBytes: 2 * 1024 ** 2 }))))
    expect((await capture(args)).stdout).toMatch(/maxBytes.*2 MiB/)
  } finally {
    rmSync(home, { recursive: true })
  }
})
