import { describe, expect, test } from 'vitest'
import { icon, logo, look } from './look.mjs'

type Colours = Readonly<Record<string, string>>

/** The colours of a set: those of `:root`, and the dark ones over them. */
function coloursOf(css: string): Colours {
  return Object.fromEntries(
    Array.from(css.matchAll(/(--[\w-]+): (#[\da-f]{3,6});/g), ([, name, value]) => [name, value]),
  )
}

const [bright = '', dark = ''] = look.split('prefers-color-scheme: dark')
const light = coloursOf(bright)
const sets: readonly (readonly [string, Colours])[] = [
  ['light', light],
  ['dark', { ...light, ...coloursOf(dark) }],
]

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[\da-f]/g, '$&$&') : colour
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const words = ['--ink', '--soft', '--water', '--good', '--bad', '--note']

describe.each(sets)('in %s', (_name, colours) => {
  test.each(
    words.flatMap(word => ['--paper', '--card', '--water-soft', '--bad-soft'].map(ground => [word, ground])),
  )('%s can be read on %s', (word = '', ground = '') => {
    // Notes and "the same" stand on paper and cards alone.
    const strict = ground === '--paper' || ground === '--card' || word === '--ink' || word === '--soft'
    expect(contrast(colours[word] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(strict ? 4.5 : 3)
  })

  test('a pressed button can be read', () => {
    expect(contrast(colours['--on-water'] ?? '', colours['--water'] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})

test('a code can be read on the card of a refusal', () => {
  for (const [, colours] of sets)
    expect(contrast(colours['--bad'] ?? '', colours['--bad-soft'] ?? '')).toBeGreaterThanOrEqual(4.5)
})

test('every property that is used has a value', () => {
  const known = new Set(Array.from(look.matchAll(/(--[\w-]+):/g), ([, name]) => name))
  const used = Array.from(`${look}${logo}`.matchAll(/var\((--[\w-]+)\)/g), ([, name]) => name)
  expect(used.length).toBeGreaterThan(80)
  expect(used.filter(name => !known.has(name))).toEqual([])
})

test('it loads nothing', () => {
  expect(look).not.toMatch(/url\(|@import|https?:/)
  expect(icon).toMatch(/^data:image\/svg\+xml,%3Csvg/)
})
