/** Of a header that cannot be read. Both sides know it, even if it happens on one. */
const refused = 'refused'

/**
 * A header by paths such as `jpeg.process`, or one line that tells why it cannot be read.
 * @param {object} header
 * @returns {Readonly<Record<string, unknown>>}
 */
export function linesOf(header) {
  if ('code' in header) return { [refused]: header }
  return Object.fromEntries(leavesOf(header))
}

/** All paths in the headers of a side, sorted. @param {import('./take-all.mjs').Results} results */
export function headerKeysOf(results) {
  const keys = Object.values(results).flatMap(({ header }) => Object.keys(linesOf(header)))
  return [...new Set([refused, ...keys])].sort()
}

/** @param {object} value @param {string} [path] @returns {(readonly [path: string, value: unknown])[]} */
function leavesOf(value, path = '') {
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? leavesOf(part, `${path}${key}.`)
      : [/** @type {const} */ ([path + key, part])],
  )
}
