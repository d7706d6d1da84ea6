import { expect, test } from 'vitest'
import { floodRow, floodRows, soakRow } from './flood.fixture.js'
import { floodPage, floodText, growthMiB, shareOfCapacity, wrongVerdicts } from './flood.mjs'

test('what is left is a share of what the same one could do', () => {
  expect(shareOfCapacity(floodRows(), floodRow({ load: 10, perSecond: 6 }) as never)).toBe(75)
})

test('wrong are good ones refused, and files that are no pictures', () => {
  const wrong = [{ file: 'a.jpg', verdict: '500', times: 2 }]
  expect(wrongVerdicts(floodRow({ wrong, undecodable: 1 }))).toBe(3)
})

test('the text has a table for each load and a row for each contender', () => {
  const text = floodText(floodRows())
  expect(text.match(/At [\d.]+ times its capacity/g)).toEqual([
    'At 1 times its capacity',
    'At 10 times its capacity',
  ])
  expect(text).toMatch(/Sluice +7\.2 +90 +190/)
  expect(text).toMatch(/multer <sharp> +0\.0 +0 +190 +– +– +–/)
})

test('the page names the finding, draws the charts, and says what was void', () => {
  const html = floodPage(floodRows())
  expect(html).toContain('Killed at 10 times its capacity: ours never, the others once')
  expect(html.match(/<svg/g)).toHaveLength(2)
  expect(html.match(/<dl class="bars">/g)).toHaveLength(3)
  expect(html).toContain('a.jpg: 500 (2)')
  expect(html).not.toContain('(void)')
  expect(floodPage([floodRow({ load: 3, void: true, lag: 25 })])).toContain('the crowd was 25 ms late')
})

test('that a server was warm is said where it was', () => {
  expect(floodPage(floodRows())).not.toContain('before.')
  expect(floodPage([floodRow({ warmSeconds: 10 })])).toContain(
    'Two clients have sent good files for 10 seconds before.',
  )
})

test('names cannot write into the page', () => {
  const html = floodPage(floodRows())
  expect(html).toContain('a &#60;processor&#62;')
  expect(html).not.toMatch(/<script|<processor|<sharp|https?:\/\/(?!www\.w3\.org)/)
})

test('a long run says what it has more of at its end, when it was warm', () => {
  const soak = soakRow([80, 90, 100, 100, 101, 100, 99, 100, 101, 101, 101, 101])
  expect(growthMiB(soak)).toBe(1)
  expect(floodPage([...floodRows(), soak])).toContain(
    'at rest after 60 minutes 1.0 MiB more beside 33 MiB of memories for pictures at most, and 0 more handles',
  )
})

test('a soak has a table, and no point among runs of minutes', () => {
  const paths = (html: string) => html.match(/(?<= d=")[^"]+/g)
  const html = floodPage([...floodRows(), soakRow([80, 90, 100, 100])])
  expect(html).toContain('At 0.8 times its capacity')
  expect(paths(html)?.length).toBeGreaterThan(10)
  expect(paths(html)).toEqual(paths(floodPage(floodRows())))
})
