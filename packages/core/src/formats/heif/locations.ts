import { readVersion } from '../../containers/boxes.js'
import { corrupt } from '../../errors/refusals.js'
import { type ByteReader, OutOfBytes, type Span } from '../../input/bytes.js'

/** Where the data of an item lie (ISO/IEC 14496-12, 8.11.3). */
export interface ItemLocation {
  readonly item: number
  /** What offsets count from: the file, the `idat` of the meta box, or what only other decoders know. */
  readonly within: 'file' | 'idat' | 'elsewhere'
  /** A length of 0 is all that there is. */
  readonly extents: readonly Span[]
}

/**
 * Reads an `iloc` box, item by item. What lies in the file is held to its end.
 * @param count called for everything that is kept, to bound it
 */
export function* readLocations(
  body: ByteReader,
  fileBytes: number,
  count: () => void,
): Generator<ItemLocation> {
  const { version } = readVersion(body)
  const sizes = body.u16()
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const indexBytes = version === 0 ? 0 : sizes & 15
  for (let left = version < 2 ? body.u16() : body.u32(); left > 0; left--) {
    const item = version < 2 ? body.u16() : body.u32()
    const within = (['file', 'idat'] as const)[version === 0 ? 0 : body.u16() & 15] ?? 'elsewhere'
    body.skip(2)
    const base = readNumber(body, baseBytes)
    const extents: Span[] = []
    let left = body.u16()
    if (left > 1 && indexBytes + offsetBytes + lengthBytes === 0) throw corrupt('iloc without sizes')
    for (; left > 0; left--) {
      body.skip(indexBytes)
      const offset = base + readNumber(body, offsetBytes)
      const length = readNumber(body, lengthBytes)
      if (within === 'file' && offset + length > fileBytes) throw new OutOfBytes('truncated')
      count()
      extents.push({ offset, length })
    }
    count()
    yield { item, within, extents }
  }
}

function readNumber(body: ByteReader, bytes: number): number {
  if (bytes === 0) return 0
  if (bytes === 4) return body.u32()
  if (bytes === 8) return body.u32() * 2 ** 32 + body.u32()
  throw corrupt(`numbers of ${bytes} bytes in iloc`)
}
