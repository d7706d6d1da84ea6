import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../package/pack.js'

/** Names that this project once had for what the field has a word for, and that word. */
const retired: readonly (readonly [RegExp, string])[] = [
  [/\broads?\b/i, 'pipeline'],
  [/\bstations?\b/i, 'stage'],
  [/\b(?:start)?journeys?\b|\btravell?er/i, 'trace'],
  [/\bplugs?\b(?! in\b| into\b)|\bplugIn\b/, 'codec pack'],
  [/\bOnOrOff\b/i, 'BinaryAlphaFrame, thresholdAlpha'],
  [/\btakeMemory\b|\bgiveBack\b/, 'acquireMemory, releaseMemory'],
  [/\buntilDelivered\b|\bnew Delivered\b/, 'EarlyExit, runUntilPicture'],
  [/\bexports\.promise\b/, 'expectSourceSize'],
  [/\bisPassing\b|\bifThere\b|\bnoLines\b/, 'isTransient, wasThere, plainTable'],
  [/\bbenchmark-peers\b|\bbenchmarks\/peers\b/, 'rivals'],
  [/\bthe other encoder\b/i, 'the name of that encoder'],
]

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
})
  .toString()
  .split('\0')
  .filter(file => /\.(?:ts|mts|mjs|md|yml)$/.test(file))
  // Which say what was called otherwise before.
  .filter(file => !/retired-words|same-outputs\/ways|^\.changeset\/|CHANGELOG/.test(file))

test('the field has a word for it', () => {
  expect(files.length).toBeGreaterThan(900)
  const left = files.flatMap(file =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        retired
          .filter(([word]) => word.test(line))
          .map(([, say]) => `${file}:${index + 1}: ${line.trim()} (${say})`),
      ),
  )
  expect(left).toEqual([])
})

test.each([
  ['down the whole road', 'pipeline'],
  ['by its plug', 'codec pack'],
  ['exports.promise(3, 4)', 'expectSourceSize'],
])('a retired word in "%s" is found', (line, say) => {
  expect(retired.filter(([word]) => word.test(line)).map(([, name]) => name)).toEqual([say])
})
