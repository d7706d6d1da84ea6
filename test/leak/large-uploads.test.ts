import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('./large-uploads.mjs', import.meta.url))
/**
 * The 512 MiB of the default policy for one image, and the process. Memories that nobody holds any more are used again
 * until the collector comes; when each picture took a new one, it was up to 1,083 MiB.
 */
const maxMiB = 640

it.each([
  ['ten lossless WebP', 'webp,webp,webp,webp,webp,webp,webp,webp,webp,webp'],
  ['three formats in turn', 'jpg,png,webp,webp,jpg,png,png,webp,jpg,webp'],
])(
  '64 megapixels again and again take what one picture may take: %s',
  async (_name, kinds) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, kinds])
    const results = JSON.parse(stdout) as { readonly code: string; readonly peakMiB: number }[]
    expect(results.map(({ code }) => code)).toEqual(Array(10).fill('accepted'))
    expect(results.at(-1)?.peakMiB).toBeLessThan(maxMiB)
  },
  240_000,
)
