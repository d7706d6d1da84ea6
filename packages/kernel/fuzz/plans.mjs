// Plans for a picture of known size: mostly small results, sometimes the picture itself or a part of it.

/** A mutated header may ask for any size; as in the pipeline, too many pixels are refused before decoding. */
export const MOST_PIXELS = 1_000_000

/**
 * @param {import('./driver.mjs').DebugExports} exports
 * @param {number} storedWidth @param {number} storedHeight
 * @param {import('@sluice/testkit/mutate/bytes').Random} random
 */
export function setRandomPlan(exports, storedWidth, storedHeight, random) {
  const orientation = 1 + random.below(8)
  const [width, height] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight]
  const keep = 1 + random.below(3)
  if (random.chance(0.2)) return exports.setPlan(width, height, orientation, keep, 0, 0, 0, 0)
  const x = random.below(width)
  const y = random.below(height)
  /** @type {[number, number, number, number]} */
  const crop = random.chance(0.3)
    ? [x, y, 1 + random.below(width - x), 1 + random.below(height - y)]
    : [0, 0, 0, 0]
  exports.setPlan(1 + random.below(80), 1 + random.below(80), orientation, keep, ...crop)
}
