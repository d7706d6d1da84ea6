import { expect, test } from 'vitest'
import { describePolicy } from './describe.js'
import { definePolicy } from './policy.js'
import { settingPurposes } from './setting-purposes.js'
import { imageRules, settingRules } from './setting-rules.js'

const policy = definePolicy({
  extensions: ['jpg', 'png'],
  maxBytes: '1.5 MiB',
  trailingData: 'refuse',
  headroom: 2.5,
  variants: { thumb: { fit: 'cover', maxWidth: 160, maxHeight: 120, focus: { x: 0.5, y: 0.25 } } },
})
const text = describePolicy(policy)

test.each([
  ['the version', `\`${policy.version}\``],
  ['permitted types and extensions', '| JPEG | `image/jpeg` | .jpg |\n| PNG | `image/png` | .png |\n'],
  ['the largest size', '1.5 MiB (1,572,864 bytes)'],
  ['the unpacked size', '64,000,000 pixels in a frame, which are 244.14 MiB as RGBA'],
  [
    'the sizes that are made',
    '| thumb | WEBP | covers 160 x 120 around 0.5, 0.25, never enlarged | 82 | 6 |',
  ],
  ['what becomes of trailing data', 'Bytes after the end of the image are refused.'],
  ['what becomes of a mismatch', 'An extension that does not fit the content is refused.'],
  ['what becomes of a name without an extension', 'A name without an extension is refused.'],
  ['numbers with a fraction', '| headroom | 2.5 |'],
  [
    'where the settings of the main image are',
    '| output | the rows that follow | The main image. |\n| output.format |',
  ],
  ['settings inside variants', '| variants.thumb.focus | {"x":0.5,"y":0.25} |'],
])('it says %s', (_, part) => expect(text).toContain(part))

test('every setting is there once with its purpose, and nothing else', () => {
  const rows = text
    .slice(text.indexOf('## All settings'))
    .split('\n')
    .filter(line => line.startsWith('| '))
  const named = rows.slice(2).map(row => row.split(' | ')[0]?.slice(2))
  const images = ['output', 'variants.thumb'].flatMap(path =>
    Object.keys(imageRules).map(name => `${path}.${name}`),
  )
  expect(named.sort()).toEqual([...Object.keys(settingRules), ...images].sort())
  for (const purpose of Object.values(settingPurposes)) expect(text).toContain(`| ${purpose} |`)
})

test('HEIC and JPEG are not listed where they are not accepted', () => {
  expect(text).not.toMatch(/HEIC|\.jpeg|GIF \|/)
})
