/** A content type (RFC 9110, 8.3) with the one parameter that matters here. */
export interface MediaType {
  /** Lower case, such as `multipart/form-data`. */
  readonly type: string
  readonly boundary: string | undefined
}

/** RFC 2046, 5.1.1: 1 to 70 characters of a small set, in quotes or not. */
const boundaryParameter =
  /^boundary=(?:"([0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?])"|([0-9A-Za-z'()+_,\-./:=?]{1,70}))$/i

export function parseMediaType(header: string | null): MediaType {
  const [type = '', ...parameters] = (header ?? '').split(';').map(part => part.trim())
  const found = parameters.map(parameter => boundaryParameter.exec(parameter)).filter(match => match !== null)
  // Two boundaries are two readings of one body.
  const [match] = found.length === 1 ? found : []
  return { type: type.toLowerCase(), boundary: match?.[1] ?? match?.[2] }
}
