import { expect, test } from 'vitest'
import { compare } from './compare.mjs'
import { report } from './report.mjs'

type Output = [name: string, format: string, width: number, height: number, frames: number, sha256: string]

const results = () => ({
  'photo.jpg': {
    header: { format: 'jpeg', width: 640, jpeg: { process: 'baseline', sampling: [[2, 2]] } },
    outcomes: {
      default: {
        outputs: [
          ['main', 'webp', 640, 480, 1, 'aa'],
          ['thumb', 'webp', 96, 96, 1, 'bb'],
        ] as Output[],
        placeholder: { thumbhash: 'abc', colour: '#000000' },
        notes: ['12 bytes of metadata were dropped'],
      },
    },
  },
  'broken.gif': {
    header: { code: 'corrupt', stage: 'probe' },
    outcomes: { default: { code: 'corrupt', stage: 'probe' } },
  },
})
type Results = ReturnType<typeof results>
const refusal = { code: 'too-costly', stage: 'render' }

/** Compares with the same results after a change. */
function compareAfter(change: (after: Results) => void) {
  const after = results()
  change(after)
  return compare(results(), after)
}

test('the same results have no difference', () => {
  const comparison = compareAfter(() => {})
  expect(comparison).toEqual({
    files: 2,
    comparisons: 4,
    accepted: 1,
    differences: [],
    headerKeys: { added: [], removed: [] },
  })
  expect(report(comparison)).toBe('2 files, 4 comparisons, 1 images accepted\nno difference')
})

const planted: readonly [kind: string, way: string, name: string, change: (after: Results) => void][] = [
  [
    'accepted -> refused',
    'default',
    'photo.jpg',
    ({ 'photo.jpg': { outcomes } }) => {
      Object.assign(outcomes, { default: refusal })
    },
  ],
  [
    'refused -> accepted',
    'default',
    'broken.gif',
    after => {
      Object.assign(after['broken.gif'].outcomes, { default: after['photo.jpg'].outcomes.default })
    },
  ],
  [
    'other code',
    'default',
    'broken.gif',
    ({ 'broken.gif': { outcomes } }) => {
      outcomes.default.code = 'truncated'
    },
  ],
  [
    'other code',
    'default',
    'broken.gif',
    ({ 'broken.gif': { outcomes } }) => {
      outcomes.default.stage = 'sniff'
    },
  ],
  [
    'other bytes',
    'default',
    'photo.jpg',
    ({ 'photo.jpg': { outcomes } }) => {
      outcomes.default.outputs = [
        ['main', 'webp', 640, 480, 1, 'aa'],
        ['thumb', 'webp', 96, 96, 1, 'cc'],
      ]
    },
  ],
  [
    'other bytes',
    'default',
    'photo.jpg',
    ({ 'photo.jpg': { outcomes } }) => {
      outcomes.default.outputs.pop()
    },
  ],
  [
    'other bytes',
    'default',
    'photo.jpg',
    ({ 'photo.jpg': { outcomes } }) => {
      outcomes.default.placeholder.colour = '#000001'
    },
  ],
  [
    'other notes',
    'default',
    'photo.jpg',
    ({ 'photo.jpg': { outcomes } }) => {
      outcomes.default.notes.push('a broken colour profile was ignored')
    },
  ],
  [
    'other header',
    'header',
    'photo.jpg',
    ({ 'photo.jpg': { header } }) => {
      header.width = 641
    },
  ],
  [
    'other header',
    'header',
    'photo.jpg',
    ({ 'photo.jpg': { header } }) => {
      header.jpeg.sampling = [[1, 1]]
    },
  ],
  [
    'other header',
    'header',
    'broken.gif',
    ({ 'broken.gif': { header } }) => {
      header.code = 'truncated'
    },
  ],
]

test.each(planted)('%s is found, in the way %s of %s', (kind, way, name, change) => {
  const comparison = compareAfter(change)
  expect(comparison.differences).toMatchObject([{ kind, way, name }])
  const text = report(comparison)
  expect(text).toContain(`${kind}: 1\n  ${way}: ${name}\n`)
  expect(text).not.toContain('no difference')
})

test('a header that can be read on one side alone is a difference', () => {
  const comparison = compareAfter(after => Object.assign(after['photo.jpg'], { header: refusal }))
  expect(comparison.differences).toMatchObject([{ kind: 'other header', name: 'photo.jpg' }])
})

test('of bytes and notes that differ both are told, and of the bytes those alone', () => {
  const { differences } = compareAfter(({ 'photo.jpg': { outcomes } }) => {
    outcomes.default.outputs = [
      ['main', 'webp', 640, 480, 1, 'aa'],
      ['thumb', 'webp', 96, 96, 1, 'cc'],
    ]
    outcomes.default.notes = []
  })
  expect(differences.map(({ kind, after }) => [kind, after])).toEqual([
    ['other bytes', { thumb: ['webp', 96, 96, 1, 'cc'] }],
    ['other notes', { notes: [] }],
  ])
})

test('what one side alone knows of headers is told once, and no difference', () => {
  const comparison = compareAfter(({ 'photo.jpg': { header } }) => {
    Object.assign(header, { thumbnails: 2 })
    Reflect.deleteProperty(header.jpeg, 'process')
  })
  expect(comparison.differences).toEqual([])
  expect(comparison.headerKeys).toEqual({ added: ['thumbnails'], removed: ['jpeg.process'] })
  expect(report(comparison)).toContain('header keys added, not compared: thumbnails\n')
})

test('of many differences of a kind the first are shown', () => {
  const many = (width: number) =>
    Object.fromEntries(
      Array.from({ length: 23 }, (_, index) => [`${index}.gif`, { header: { width }, outcomes: {} }]),
    )
  const text = report(compare(many(1), many(2)))
  expect(text).toContain('other header: 23\n')
  expect(text.match(/header: \d+\.gif/g)).toHaveLength(20)
  expect(text).toContain('\n  and 3 more')
})

test('a file or a way that one side lacks cannot be compared', () => {
  expect(() => compareAfter(after => Reflect.deleteProperty(after, 'broken.gif'))).toThrow('other files')
  const lacksWay = (after: Results) => Object.assign(after['broken.gif'], { outcomes: {} })
  expect(() => compareAfter(lacksWay)).toThrow('other ways of broken.gif')
})
