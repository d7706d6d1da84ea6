import { expect, test } from 'vitest'
import { runMatrix } from './matrix.mjs'

/** Those that most people build with, one of each kind. All others: `npm run matrix`. */
const rows = ['next-15', 'esbuild-esm', 'rollup-plain', 'vite-ssr', 'nft', 'workerd']

test('what is published answers with the same bytes, whatever it was built with', async () => {
  const results = await runMatrix(rows)
  expect(Object.keys(results)).toEqual(['node', ...rows])
  for (const [name, { failure }] of Object.entries(results)) expect(failure, name).toBeUndefined()
  expect(results.node?.answers).toEqual({
    jpeg: expect.stringMatching(/^[0-9a-f]{64}$/),
    png: expect.stringMatching(/^[0-9a-f]{64}$/),
    gif: expect.stringMatching(/^[0-9a-f]{64}$/),
    bad: expect.stringMatching(/^422 /),
  })
}, 600_000)
