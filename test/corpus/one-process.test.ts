import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases, corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { isLong } from '@sluice/testkit/long'
import { expect, test } from 'vitest'

const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
/** Tells its own high-water mark when it ends, on the third of its pipes. */
const tellPeak =
  "process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)))"

/** Every fourth is enough to see memory stay; that each is drawn right is shown by other tests. */
const files = cases.filter((_, index) => isLong || index % 4 === 0).map(pathOf)

async function sanitizeAll(list: string, out: string) {
  const args = [
    '--require',
    join(out, 'peak.cjs'),
    cli,
    'sanitize',
    '--json',
    '--files-from',
    list,
    '--out',
    join(out, 'images'),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
  const texts = [1, 3].map(async pipe => {
    let text = ''
    for await (const chunk of child.stdio[pipe] as AsyncIterable<Buffer>) text += chunk
    return text
  })
  const code = new Promise(resolve => child.on('exit', resolve))
  const [lines = '', peak] = await Promise.all(texts)
  return { code: await code, lines: lines.trim().split('\n'), peakMiB: Number(peak) / 1024 }
}

test.runIf(corpusIsHere)(
  'the corpus goes through one process of the command line within 1.5 GiB',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-corpus-'))
    try {
      const list = join(folder, 'list.txt')
      writeFileSync(join(folder, 'peak.cjs'), tellPeak)
      writeFileSync(list, files.join('\n'))
      const { code, lines, peakMiB } = await sanitizeAll(list, folder)
      expect(code).toBe(1) // Some are refused.
      expect(lines.length).toBe(isLong ? 1559 : 390)
      const outcomes = lines.map(
        line => JSON.parse(line) as { file: string; ok: boolean; code?: string; status?: number },
      )
      expect(outcomes.filter(({ ok }) => ok).length).toBeGreaterThan(files.length / 2)
      expect(outcomes.filter(({ status = 200 }) => status >= 500)).toEqual([])
      console.log(`peak of ${files.length} files: ${peakMiB.toFixed(0)} MiB`)
      expect(peakMiB).toBeGreaterThan(40)
      expect(peakMiB).toBeLessThan(1536)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  900_000,
)
