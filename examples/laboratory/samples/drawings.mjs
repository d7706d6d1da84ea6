/** @typedef {readonly [number, number, number]} Colour */

/**
 * A picture of flat colours, four samples a pixel, so that its edges are soft.
 * @param {number} width @param {number} height @param {(x: number, y: number) => Colour} colourAt in pixels
 */
function draw(width, height, colourAt) {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const seen = [0.25, 0.75].flatMap(dy => [0.25, 0.75].map(dx => colourAt(x + dx, y + dy)))
      const mean = [0, 1, 2].map(part =>
        Math.round(seen.reduce((sum, colour) => sum + (colour[part] ?? 0), 0) / 4),
      )
      data.set([...mean, 255], at)
    }
  return { width, height, data }
}

/** A wave of humps, 0 to 1. @param {number} x */
function hump(x) {
  const part = x - Math.floor(x)
  return 4 * part * (1 - part)
}

/**
 * A sluice that opens: the gate goes up, the water behind it comes down, a frame each.
 * @param {number} frames
 */
export function drawSluice(frames) {
  return Array.from({ length: frames }, (_, frame) => {
    // There and back, slowly at both ends.
    const turn = frame / frames
    const way = turn < 0.5 ? 2 * turn : 2 - 2 * turn
    const open = way * way * (3 - 2 * way)
    const levels = [60 + 34 * open, 112 - 18 * open]
    return draw(240, 160, (x, y) => {
      const isGate =
        [104, 120, 136].some(at => Math.abs(x - at) < 4) && y > 22 - 40 * open && y < 140 - 62 * open
      const isBeam =
        Math.abs(x - 120) < 26 && (Math.abs(y - 30) < 4 || (y < 26 - 40 * open && y > 18 - 40 * open))
      if (isBeam) return [29, 35, 41]
      if (isGate) return [250, 249, 245]
      const level = (x < 120 ? levels[0] : levels[1]) ?? 0
      const surface = level - 3 * hump(x / 40 + turn * 2)
      if (y > 144) return [46, 58, 66]
      if (y > surface + 14) return [11, 92, 110]
      if (y > surface) return [36, 138, 158]
      return Math.abs(x - 196) ** 2 + Math.abs(y - 34) ** 2 < 196 ? [246, 200, 120] : [223, 240, 242]
    })
  })
}

/** @typedef {readonly [x: number, y: number, width: number, height: number, colour: Colour]} Box */

/** @param {Box} parts @returns {Box} */
const box = (...parts) => parts

/** @param {number} count @param {(at: number) => Box} make */
const numbered = (count, make) => Array.from({ length: count }, (_, at) => make(at))

/** @type {Readonly<Record<'ink' | 'pale' | 'light' | 'grey' | 'teal' | 'red' | 'white', Colour>>} */
const { ink, pale, light, grey, teal, red, white } = {
  ink: [38, 50, 58],
  pale: [236, 239, 241],
  light: [176, 190, 197],
  grey: [120, 144, 156],
  teal: [11, 114, 133],
  red: [179, 55, 47],
  white: [255, 255, 255],
}

/**
 * A window with a chart, a list and a button: what a screenshot is made of.
 * @param {number} width @param {number} height
 */
export function drawScreen(width, height) {
  /** @type {readonly Box[]} */
  const boxes = [
    [0, 0, width, 44, ink],
    [0, 44, 168, height, pale],
    ...[12, 30, 48].map(x => box(x, 16, 11, 11, grey)),
    ...numbered(7, row => box(20, 68 + 34 * row, 60 + ((row * 37) % 60), 10, row === 1 ? teal : light)),
    [200, 70, 180, 18, ink],
    [200, 98, 300, 9, light],
    ...numbered(12, at => {
      const tall = 40 + ((at * 53 + 29) % 120)
      return box(206 + 34 * at, 310 - tall, 22, tall, at === 7 ? red : teal)
    }),
    [200, 311, width - 232, 2, grey],
    ...numbered(3, row => box(200, 336 + 22 * row, 220 + ((row * 71) % 150), 8, light)),
    [width - 132, 66, 100, 28, teal],
    [width - 108, 76, 52, 8, white],
  ]
  const drawn = [...boxes].reverse()
  return draw(width, height, (px, py) => {
    const found = drawn.find(([x, y, w, h]) => px >= x && px < x + w && py >= y && py < y + h)
    return found?.[4] ?? white
  })
}
