import { fractalNoise, hash, mix } from '../../../fixtures/make/noise.mjs'

/** @typedef {readonly [number, number, number]} Colour */

const horizon = 0.6
const sun = /** @type {const} */ ([0.66, 0.405])

/** From far to near: how high it rises, how rough it is, what colour it has where no mist lies before it. */
const ridges = /** @type {const} */ ([
  { height: 0.17, base: 0.5, rough: 2.2, colour: [150, 136, 158], mist: 0.75 },
  { height: 0.19, base: 0.55, rough: 2.8, colour: [104, 104, 138], mist: 0.55 },
  { height: 0.16, base: 0.6, rough: 3.6, colour: [62, 78, 112], mist: 0.4 },
])

/** @param {Colour} a @param {Colour} b @param {number} t @returns {Colour} */
function blend([ar, ag, ab], [br, bg, bb], t) {
  const share = Math.min(1, Math.max(0, t))
  return [mix(ar, br, share), mix(ag, bg, share), mix(ab, bb, share)]
}

/** @param {number} x @param {number} y both 0 to 1, of the width and of the height @param {number} aspect @returns {Colour} */
function sky(x, y, aspect) {
  const low = y / horizon
  const air =
    low < 0.62
      ? blend([54, 84, 128], [196, 150, 160], low / 0.62)
      : blend([196, 150, 160], [250, 196, 142], (low - 0.62) / 0.38)
  const [dx, dy] = [(x - sun[0]) * aspect, y - sun[1]]
  const far = Math.sqrt(dx * dx + dy * dy)
  const lit = blend(air, [255, 222, 164], 0.035 / (0.03 + far))
  const streak = fractalNoise(5, x * aspect * 2.1, y * 13 - x, 5) - 0.52
  const cloudy = blend(lit, [255, 206, 176], Math.max(0, streak) * 3.2 * (1 - low * 0.6))
  return far < 0.052 ? blend(cloudy, [255, 247, 224], (0.052 - far) * 500) : cloudy
}

/** @param {number} x @param {number} y @param {number} aspect @param {readonly Float64Array[]} tops @param {number} column @returns {Colour} */
function land(x, y, aspect, tops, column) {
  for (let row = ridges.length - 1; row >= 0; row--) {
    const top = tops[row]?.[column] ?? 1
    if (y < top) continue
    const { colour, mist, base } = /** @type {typeof ridges[number]} */ (ridges[row])
    const grain = fractalNoise(60 + row, x * aspect * 40, y * 60, 3) - 0.5
    const [r, g, b] = colour
    const lit = /** @type {const} */ ([r + 26 * grain, g + 26 * grain, b + 22 * grain])
    return blend(lit, [240, 190, 160], mist * Math.min(1, (y - top) / (base + 0.06 - top)))
  }
  return sky(x, y, aspect)
}

/** Posts and planks of a jetty that runs out from the right. @param {number} x @param {number} y */
function isJetty(x, y) {
  const deck = x > 0.7 && Math.abs(y - (0.705 + (x - 0.7) * 0.13)) < 0.0075 + (x - 0.7) * 0.02
  const post = [0.715, 0.77, 0.835, 0.915].some(at => {
    const near = (at - 0.7) / 0.3
    const deckAt = 0.705 + (at - 0.7) * 0.13
    return (
      Math.abs(x - at) < 0.0028 + 0.0035 * near &&
      y > deckAt - 0.035 - 0.03 * near &&
      y < deckAt + 0.05 + 0.08 * near
    )
  })
  return deck || post
}

/**
 * A coast at dusk, still water, a jetty: smooth shades, fine grain and hard edges, as a photo has.
 * @param {number} width @param {number} height
 */
export function drawCoast(width, height) {
  const data = new Uint8ClampedArray(width * height * 4)
  const aspect = width / height
  const tops = ridges.map(({ height: rise, base, rough }, row) =>
    Float64Array.from({ length: width }, (_, column) => {
      const x = (column / width) * aspect
      return base - rise * (fractalNoise(20 + 9 * row, x * rough * 0.55, 0.5, 6) - 0.22)
    }),
  )
  for (let row = 0, at = 0; row < height; row++) {
    const y = row / height
    for (let column = 0; column < width; column++, at += 4) {
      const x = column / width
      let [r, g, b] = y < horizon ? land(x, y, aspect, tops, column) : water(x, y, aspect, tops, width)
      if (isJetty(x, y)) [r, g, b] = [38, 40, 52]
      const grain = (hash(3, column >> 1, row >> 1) - 0.5) * 4
      data.set([Math.round(r + grain), Math.round(g + grain), Math.round(b + grain), 255], at)
    }
  }
  return { width, height, data }
}

/** @param {number} x @param {number} y @param {number} aspect @param {readonly Float64Array[]} tops @param {number} width @returns {Colour} */
function water(x, y, aspect, tops, width) {
  const near = (y - horizon) / (1 - horizon)
  const wave = fractalNoise(77, x * aspect * (26 - 20 * near), near * 90 * (1.15 - near * 0.75), 3) - 0.5
  const shift = wave * (0.012 + 0.05 * near)
  const mirrored = Math.min(horizon - 0.001, Math.max(0, horizon - (y - horizon) * 1.25 + shift))
  const over = Math.min(1, Math.max(0, x + shift * 0.4))
  const seen = land(over, mirrored, aspect, tops, Math.min(width - 1, Math.floor(over * width)))
  const deep = blend(seen, [26, 52, 78], 0.22 + 0.5 * near)
  const path = Math.abs(x - sun[0]) * aspect
  const glitter = Math.max(0, wave + 0.16 - path * (2.4 - 1.3 * near)) * 3
  const reflected = isJetty(x + shift * 0.25, horizon + 0.24 - (y - horizon) * 0.55 + shift * 0.3) && y > 0.74
  const lit = blend(deep, [255, 214, 150], glitter)
  return reflected ? blend(lit, [32, 44, 60], 0.45) : lit
}
