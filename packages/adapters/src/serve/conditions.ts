/** As much of a request's header fields as serving reads. */
export interface Fields {
  get(name: string): string | null
}

/**
 * Whether If-Match lets the request pass: strong comparison (RFC 9110, 13.1.1). Dates are not looked at, for
 * nothing here has one.
 */
export function isMatched(fields: Fields, etag: string): boolean {
  const wanted = fields.get('if-match')
  return wanted === null || tagsOf(wanted).some(tag => tag === '*' || tag === etag)
}

/**
 * Whether the client has it: weak comparison (RFC 9110, 13.1.2), for what compresses on the way makes tags
 * weak.
 */
export function isKnown(fields: Fields, etag: string): boolean {
  const known = fields.get('if-none-match')
  return known !== null && tagsOf(known).some(tag => tag === '*' || tag.replace(/^W\//, '') === etag)
}

/** A comma in a tag cuts it in two; ours have none. */
function tagsOf(list: string): readonly string[] {
  return list.split(',').map(tag => tag.trim())
}

export interface Range {
  readonly first: number
  /** Included. */
  readonly last: number
}

/**
 * The part that is asked for; undefined for all of it, where there is no such field, where it is none that we
 * know, or where If-Range means other bytes (RFC 9110, 13.1.5 and 14.2). Several ranges are answered with all
 * of it, which may be done always.
 * @param size of the whole, in bytes
 */
export function rangeOf(fields: Fields, etag: string, size: number): Range | 'unsatisfiable' | undefined {
  const ifRange = fields.get('if-range')
  if (ifRange !== null && ifRange.trim() !== etag) return undefined
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/i.exec(fields.get('range')?.trim() ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from === '') {
    const suffix = Math.min(Number(to), size)
    return suffix === 0 ? 'unsatisfiable' : { first: size - suffix, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Number(to)
  if (to !== '' && last < first) return undefined
  return first < size ? { first, last: Math.min(last, size - 1) } : 'unsatisfiable'
}
