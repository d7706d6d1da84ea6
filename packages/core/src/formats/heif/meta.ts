import { boxes, readVersion } from '../../containers/boxes.js'
import { corrupt, type HeaderLimits } from '../../errors/refusals.js'
import { type ByteReader, OutOfBytes, type Span } from '../../input/bytes.js'
import { type HeifProperty, readProperty } from './property.js'

/**
 * Entries in all tables together. They are kept, so their number is bounded: a photo of 64 megapixels in
 * tiles of 512 x 512 has some 2,000.
 */
const maxEntries = 8192

/** The `meta` box of a HEIF file (ISO/IEC 23008-12, 9): what its items are and what belongs to them. */
export class HeifMeta {
  primary: number | undefined
  readonly #types = new Map<number, string>()
  readonly #associations = new Map<number, number[]>()
  readonly #properties: HeifProperty[] = []
  /** Items that a derived image is made of, and items that something is said about, by reference type. */
  readonly #references: { readonly type: string; readonly from: number; readonly to: number }[] = []
  readonly #lengths = new Map<number, number>()
  /** Of items in one piece. */
  readonly #spans = new Map<number, Span>()
  #entries = 0

  constructor(body: ByteReader, fileBytes: number, limits: HeaderLimits) {
    readVersion(body)
    for (const { type, body: part } of boxes(body)) {
      if (type === 'pitm') this.primary = readId(part, readVersion(part).version)
      else if (type === 'iinf') this.#readItems(part)
      else if (type === 'iref') this.#readReferences(part)
      else if (type === 'iprp') this.#readProperties(part, limits)
      else if (type === 'iloc') this.#readLocations(part, fileBytes)
    }
  }

  typeOf(item: number): string {
    return this.#types.get(item) ?? ''
  }

  /** In the order in which they apply. */
  propertiesOf(item: number): readonly HeifProperty[] {
    const indices = this.#associations.get(item) ?? []
    // The number 0 is none.
    return indices.flatMap(index => this.#properties[index - 1] ?? [])
  }

  /** Items that `item` names in references of this type. */
  referencesFrom(item: number, type: string): readonly number[] {
    return this.#references
      .filter(reference => reference.type === type && reference.from === item)
      .map(({ to }) => to)
  }

  referencesTo(item: number, type: string): readonly number[] {
    return this.#references
      .filter(reference => reference.type === type && reference.to === item)
      .map(({ from }) => from)
  }

  /** Where the first item of a type lies, if it is in one piece. */
  spanOf(type: string): Span | undefined {
    for (const [item, itemType] of this.#types) if (itemType === type) return this.#spans.get(item)
    return undefined
  }

  /** Bytes of all items of a type, as stored. */
  bytesOf(type: string): number {
    let bytes = 0
    for (const [item, itemType] of this.#types) if (itemType === type) bytes += this.#lengths.get(item) ?? 0
    return bytes
  }

  #count(): void {
    if (++this.#entries > maxEntries) throw corrupt(`more than ${maxEntries} entries in meta`)
  }

  #readItems(body: ByteReader): void {
    body.skip(readVersion(body).version === 0 ? 2 : 4)
    for (const { type, body: entry } of boxes(body)) {
      const { version } = readVersion(entry)
      if (type !== 'infe' || version < 2) continue
      const item = version === 2 ? entry.u16() : entry.u32()
      entry.skip(2)
      this.#count()
      this.#types.set(item, entry.fourcc())
    }
  }

  #readReferences(body: ByteReader): void {
    const { version } = readVersion(body)
    for (const { type, body: part } of boxes(body)) {
      const from = readId(part, version)
      for (let left = part.u16(); left > 0; left--) {
        this.#count()
        this.#references.push({ type, from, to: readId(part, version) })
      }
    }
  }

  #readProperties(body: ByteReader, limits: HeaderLimits): void {
    for (const { type, body: part } of boxes(body)) {
      if (type === 'ipco')
        for (const property of boxes(part)) {
          this.#count()
          this.#properties.push(readProperty(property, limits))
        }
      else if (type === 'ipma') this.#readAssociations(part)
    }
  }

  #readAssociations(body: ByteReader): void {
    const { version, flags } = readVersion(body)
    for (let left = body.u32(); left > 0; left--) {
      const item = readId(body, version)
      const indices = this.#associations.get(item) ?? []
      this.#count()
      this.#associations.set(item, indices)
      for (let more = body.u8(); more > 0; more--) {
        this.#count()
        // The highest bit says that a decoder must know the property: the decoder's matter.
        indices.push(flags & 1 ? body.u16() & 0x7fff : body.u8() & 0x7f)
      }
    }
  }

  /** ISO/IEC 14496-12, 8.11.3. */
  #readLocations(body: ByteReader, fileBytes: number): void {
    const { version } = readVersion(body)
    const sizes = body.u16()
    const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
    const indexBytes = version === 0 ? 0 : sizes & 15
    for (let left = version < 2 ? body.u16() : body.u32(); left > 0; left--) {
      const item = version < 2 ? body.u16() : body.u32()
      // 0: offsets are those of the file; other ways point into the meta box.
      const method = version === 0 ? 0 : body.u16() & 15
      body.skip(2)
      const base = readNumber(body, baseBytes)
      const extents = body.u16()
      if (extents > 1 && indexBytes + offsetBytes + lengthBytes === 0) throw corrupt('iloc without sizes')
      let bytes = 0
      for (let extent = 0; extent < extents; extent++) {
        body.skip(indexBytes)
        const start = base + readNumber(body, offsetBytes)
        const length = readNumber(body, lengthBytes)
        if (method === 0 && start + length > fileBytes) throw new OutOfBytes('truncated')
        // A length of 0 is all that there is.
        bytes += length || fileBytes
        if (method === 0 && extents === 1 && length > 0) this.#spans.set(item, { offset: start, length })
      }
      this.#count()
      this.#lengths.set(item, bytes)
    }
  }
}

function readId(body: ByteReader, version: number): number {
  return version === 0 ? body.u16() : body.u32()
}

function readNumber(body: ByteReader, bytes: number): number {
  if (bytes === 0) return 0
  if (bytes === 4) return body.u32()
  if (bytes === 8) return body.u32() * 2 ** 32 + body.u32()
  throw corrupt(`numbers of ${bytes} bytes in iloc`)
}
