import { boxes, readVersion } from '../../containers/boxes.js'
import { corrupt, type HeaderLimits } from '../../errors/refusals.js'
import type { ByteReader, Span } from '../../input/bytes.js'
import { type ItemLocation, readLocations } from './locations.js'
import { type HeifProperty, readProperty } from './property.js'

/**
 * Entries in all tables together. They are kept, so their number is bounded: a photo of 64 megapixels in
 * tiles of 512 x 512 has some 2,000.
 */
const maxEntries = 8192

/** That an item has a property. */
export interface Association {
  /** Counted from 1; 0 is none. */
  readonly index: number
  /** What does not know the property must not show the item. */
  readonly essential: boolean
}

/** The `meta` box of a HEIF file (ISO/IEC 23008-12, 9): what its items are and what belongs to them. */
export class HeifMeta {
  primary: number | undefined
  /** As `hdlr` says what the box is about: `pict` for pictures. */
  handler: string | undefined
  readonly #types = new Map<number, string>()
  readonly #associations = new Map<number, Association[]>()
  readonly #properties: HeifProperty[] = []
  /** Items that a derived image is made of, and items that something is said about, by reference type. */
  readonly #references: { readonly type: string; readonly from: number; readonly to: number }[] = []
  readonly #locations = new Map<number, ItemLocation>()
  readonly #fileBytes: number
  /** What the `idat` box holds. */
  #itemData: Span | undefined
  #entries = 0

  constructor(body: ByteReader, fileBytes: number, limits: HeaderLimits) {
    readVersion(body)
    this.#fileBytes = fileBytes
    for (const { type, body: part } of boxes(body)) {
      if (type === 'pitm') this.primary = readId(part, readVersion(part).version)
      else if (type === 'hdlr') this.handler = readHandler(part)
      else if (type === 'iinf') this.#readItems(part)
      else if (type === 'iref') this.#readReferences(part)
      else if (type === 'iprp') this.#readProperties(part, limits)
      else if (type === 'iloc') this.#readLocations(part)
      else if (type === 'idat') this.#itemData = part.rest()
    }
  }

  typeOf(item: number): string {
    return this.#types.get(item) ?? ''
  }

  /** In the order in which they apply. */
  propertiesOf(item: number): readonly HeifProperty[] {
    return this.associationsOf(item).flatMap(({ index }) => this.#properties[index - 1] ?? [])
  }

  associationsOf(item: number): readonly Association[] {
    return this.#associations.get(item) ?? []
  }

  /** By its number from 1 on. */
  property(index: number): HeifProperty | undefined {
    return this.#properties[index - 1]
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

  /** Which items name which in references of this type. */
  references(type: string): readonly { readonly from: number; readonly to: number }[] {
    return this.#references.filter(reference => reference.type === type)
  }

  /** Where the first item of a type lies, if it is in one piece. */
  spanOf(type: string): Span | undefined {
    for (const [item, itemType] of this.#types) {
      if (itemType !== type) continue
      const { within, extents } = this.#locations.get(item) ?? {}
      const [only] = extents ?? []
      return within === 'file' && extents?.length === 1 && only && only.length > 0 ? only : undefined
    }
    return undefined
  }

  /** Where the parts of an item lie in the file; undefined where that is not said, or not in a way known here. */
  partsOf(item: number): readonly Span[] | undefined {
    const { within = 'elsewhere', extents = [] } = this.#locations.get(item) ?? {}
    const around = within === 'file' ? { offset: 0, length: this.#fileBytes } : this.#itemData
    if (within === 'elsewhere' || !around) return undefined
    return extents.map(({ offset, length }) => ({
      offset: around.offset + offset,
      length: length || Math.max(around.length - offset, 0),
    }))
  }

  /** Bytes of all items of a type, as stored. */
  bytesOf(type: string): number {
    let bytes = 0
    for (const [item, itemType] of this.#types)
      if (itemType === type)
        for (const { length } of this.#locations.get(item)?.extents ?? []) bytes += length || this.#fileBytes
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
        const number = flags & 1 ? body.u16() : body.u8()
        const highest = flags & 1 ? 0x8000 : 0x80
        indices.push({ index: number & (highest - 1), essential: (number & highest) !== 0 })
      }
    }
  }

  #readLocations(body: ByteReader): void {
    for (const location of readLocations(body, this.#fileBytes, () => this.#count()))
      this.#locations.set(location.item, location)
  }
}

/** ISO/IEC 14496-12, 8.4.3: four bytes lie before the type. */
function readHandler(body: ByteReader): string {
  readVersion(body)
  body.skip(4)
  return body.fourcc()
}

function readId(body: ByteReader, version: number): number {
  return version === 0 ? body.u16() : body.u32()
}
