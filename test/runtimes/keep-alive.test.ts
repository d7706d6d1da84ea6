import { expect, test } from 'vitest'
import { runScript } from './run.mjs'

test.each(['node', 'deno', 'bun'] as const)(
  'a pool that nobody closes does not keep the process alive on %s, and has the codecs of its codec packs',
  async runtime => {
    // It prints, and has to end by itself: whoever waits for it waits until the time limit of the script.
    expect(await runScript(runtime, 'keep-alive.mjs')).toEqual({
      reads: ['avif', 'heic', 'jpeg', 'png', 'gif', 'webp'],
      formats: ['webp', 'avif'],
    })
  },
  120_000,
)
