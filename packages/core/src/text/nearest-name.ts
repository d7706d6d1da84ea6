/**
 * For whoever wrote a name that is none of these.
 * @param what they are, in the plural
 * @param path stands before the name
 */
export function nameHint(what: string, written: string, names: readonly string[], path = ''): string {
  const nearest = nearestName(written, names)
  return nearest === undefined
    ? `the ${what} are ${names.join(', ') || 'missing'}`
    : `did you mean ${path}${nearest}?`
}

/**
 * The name that was probably meant: the nearest by edit distance (Levenshtein 1966) without regard to case,
 * where at most a third of the letters differ; undefined where none is near.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  // Nobody misspells at length; the distance costs the product of both lengths.
  const text = written.slice(0, 64).toLowerCase()
  const [nearest] = names
    .map(name => ({ name, distance: editDistance(text, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.ceil(name.length / 3))
    .sort((one, other) => one.distance - other.distance)
  return nearest?.name
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1]
    for (const [column, above] of row.slice(1).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other[column] ? 0 : 1)
      next.push(Math.min(replaced, above + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
