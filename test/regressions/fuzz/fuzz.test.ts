import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/* What the fuzzer has found, tried again: test/regressions/fuzz/<target>/<file>. */

const here = new URL('./', import.meta.url)
const found = readdirSync(here, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .flatMap(({ name: target }) =>
    readdirSync(new URL(`${target}/`, here)).map(file => [target, file] as const),
  )

test('there are findings', () => expect(found.length).toBeGreaterThanOrEqual(1))

test.each(found)('%s: %s', async (target, file) => {
  const { run } = await import(`../../fuzz/targets/${target}.mjs`)
  await run(new Uint8Array(readFileSync(new URL(`${target}/${file}`, here))))
})
