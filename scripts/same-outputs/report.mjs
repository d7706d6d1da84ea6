/** How many differences of a kind are shown, and how much of each. */
const shownOfKind = 20
const shownCharacters = 160

/**
 * @param {import('./compare.mjs').Comparison} comparison
 * @returns {string} for people
 */
export function report({ files, comparisons, accepted, differences, headerKeys }) {
  const kinds = [...new Set(differences.map(({ kind }) => kind))]
  return [
    `${files} files, ${comparisons} comparisons, ${accepted} images accepted`,
    ...Object.entries(headerKeys)
      .filter(([, keys]) => keys.length > 0)
      .map(([what, keys]) => `header keys ${what}, not compared: ${keys.join(', ')}`),
    ...kinds.flatMap(kind =>
      describe(
        kind,
        differences.filter(difference => difference.kind === kind),
      ),
    ),
    ...(differences.length === 0 ? ['no difference'] : []),
  ].join('\n')
}

/** @param {string} kind @param {readonly import('./compare.mjs').Difference[]} found */
function describe(kind, found) {
  const rest = found.length - shownOfKind
  return [
    `${kind}: ${found.length}`,
    ...found
      .slice(0, shownOfKind)
      .map(({ name, way, before, after }) => `  ${way}: ${name}\n    ${show(before)}\n    ${show(after)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ]
}

/** @param {unknown} value */
function show(value) {
  const text = JSON.stringify(value)
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text
}
