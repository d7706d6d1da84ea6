import { boxes, fourcc, u16, u32, writeBox } from '../../containers/boxes.js'
import { corrupt } from '../../errors/refusals.js'
import { ByteReader, concatBytes, type Span } from '../../input/bytes.js'
import { type Association, HeifMeta } from './meta.js'
import { codedSamples, lacksPixi, lacksSize } from './samples.js'

/** An item of the new file. */
interface Item {
  readonly source: number
  readonly type: string
  readonly parts: readonly Span[]
  /** Of an alpha picture: what it belongs to. */
  readonly master?: number | undefined
}
type Reference = readonly [type: string, from: number, to: readonly number[]]

/** Items and their parts. Tiles may be named again and again; a photo of 64 megapixels has some 2,000. */
const maxEntries = 16_384
/** Of one item: their number has 8 bits. */
const maxProperties = 255

/**
 * The picture of an AVIF that was read by `readHeader`, in a container of our own: its primary item, its alpha, and the
 * tiles of both in the order and as often as grids name them, each with `pixi`. The old file lies in it as
 * data. So the container that a codec parses is never a stranger's, and what old libavif does not know of
 * (another order of tiles, a missing `pixi`) is not there.
 * @throws UploadError `corrupt` where a part has no place in the file
 */
export function repackAvif(bytes: Uint8Array): Uint8Array {
  const items = new PictureItems(readMeta(bytes), bytes)
  const ftyp = writeBox('ftyp', fourcc('avif'), u32(0), fourcc('avif'), fourcc('mif1'), fourcc('miaf'))
  const mdat = [...u32(8 + bytes.length), ...fourcc('mdat')]
  const length = ftyp.length + items.writeMeta(0).length + mdat.length
  return concatBytes([ftyp, items.writeMeta(length), Uint8Array.from(mdat), bytes])
}

function readMeta(bytes: Uint8Array): HeifMeta {
  for (const { type, body } of boxes(new ByteReader(bytes)))
    if (type === 'meta') return new HeifMeta(body, bytes.length, { maxPixels: Number.POSITIVE_INFINITY })
  throw corrupt('no meta')
}

/** The items of a picture, numbered from 1 in the order in which a decoder wants them. */
class PictureItems {
  readonly #items: Item[] = []
  readonly #references: Reference[] = []
  readonly #properties: Uint8Array[] = []
  /** Numbers of the new properties, by those of the old. */
  readonly #renumbered = new Map<number, number>()
  readonly #alphas = new Map<number, number[]>()
  readonly #associations: readonly (readonly number[])[]
  #entries = 0

  constructor(
    readonly source: HeifMeta,
    readonly bytes: Uint8Array,
  ) {
    const { primary, handler } = source
    if (handler !== 'pict') throw corrupt('a meta box that is not of pictures')
    if (primary === undefined) throw corrupt('no primary item')
    for (const { from, to } of source.references('auxl'))
      if (source.propertiesOf(from).some(({ alpha }) => alpha))
        this.#alphas.set(to, [...(this.#alphas.get(to) ?? []), from])
    this.#addWithAlpha(primary)
    this.#associations = this.#items.map((item, at) => this.#associationsOf(item, at + 1))
  }

  #addWithAlpha(item: number): number {
    const added = this.#add(item)
    for (const alpha of this.#alphas.get(item) ?? []) {
      const auxiliary = this.#add(alpha, item)
      this.#references.push(['auxl', auxiliary, [added]])
      if (this.source.referencesFrom(item, 'prem').includes(alpha))
        this.#references.push(['prem', added, [auxiliary]])
    }
    return added
  }

  #add(source: number, master?: number): number {
    const type = this.source.typeOf(source)
    if (type === '') throw corrupt('an item that is named and not there')
    const parts = this.source.partsOf(source)
    if (!parts || parts.some(({ offset, length }) => offset + length > this.bytes.length))
      throw corrupt('an item without a place')
    this.#entries += 1 + parts.length
    if (this.#entries > maxEntries) throw corrupt(`more than ${maxEntries} items and parts`)
    const added = this.#items.push({ source, type, parts, master })
    if (type !== 'grid') return added
    const tiles = this.source.referencesFrom(source, 'dimg')
    if (tiles.some(tile => this.source.typeOf(tile) === 'grid')) throw corrupt('grid of grids')
    this.#references.push(['dimg', added, tiles.map(tile => this.#addWithAlpha(tile))])
    return added
  }

  /** @param dataStart where the old file will begin */
  writeMeta(dataStart: number): Uint8Array {
    const handler = full('hdlr', 0, u32(0), fourcc('pict'), u32(0), u32(0), u32(0), [0])
    const infe = this.#items.map(({ type }, at) => full('infe', 2, u16(at + 1), u16(0), fourcc(type), [0]))
    return full(
      'meta',
      0,
      handler,
      full('pitm', 0, u16(1)),
      full('iinf', 0, u16(infe.length), ...infe),
      full('iloc', 0, [0x44, 0], u16(this.#items.length), ...this.#locations(dataStart)),
      ...(this.#references.length > 0 ? [full('iref', 0, ...this.#references.map(writeReference))] : []),
      writeBox(
        'iprp',
        writeBox('ipco', ...this.#properties),
        // Flag 1: numbers of properties have 15 bits.
        writeBox('ipma', u32(1), u32(this.#associations.length), ...this.#associations),
      ),
    )
  }

  #locations(dataStart: number): readonly (readonly number[])[] {
    return this.#items.map(({ parts }, at) => [
      ...[at + 1, 0, parts.length].flatMap(u16),
      ...parts.flatMap(({ offset, length }) => [...u32(dataStart + offset), ...u32(length)]),
    ])
  }

  #associationsOf({ source, master }: Item, number: number): readonly number[] {
    const own = this.source.associationsOf(source).flatMap(association => this.#renumber(association))
    if (master !== undefined && lacksSize(this.source, source)) own.push(...this.#sizeOf(master))
    const coded = lacksPixi(this.source, source) ? codedSamples(this.source, source) : undefined
    if (coded) {
      const depths = Array.from({ length: coded.channels }, () => coded.bitDepth)
      own.push(this.#properties.push(full('pixi', 0, [coded.channels, ...depths])))
    }
    if (own.length > maxProperties) throw corrupt(`more than ${maxProperties} properties`)
    return [...u16(number), own.length, ...own.flatMap(u16)]
  }

  #sizeOf(item: number): number[] {
    const sizes = this.source.associationsOf(item).filter(({ index }) => this.source.property(index)?.size)
    return sizes.slice(0, 1).flatMap(association => this.#renumber(association))
  }

  #renumber({ index, essential }: Association): number[] {
    const property = this.source.property(index)
    if (!property) return []
    const { type, body } = property
    const content = this.bytes.subarray(body.offset, body.offset + body.length)
    const number = this.#renumbered.get(index) ?? this.#properties.push(writeBox(type, content))
    this.#renumbered.set(index, number)
    return [essential ? number | 0x8000 : number]
  }
}

function writeReference([type, from, to]: Reference): Uint8Array {
  return writeBox(type, [from, to.length, ...to].flatMap(u16))
}

/** A box with a version, no flags. */
function full(
  type: string,
  version: number,
  ...parts: readonly (Uint8Array | readonly number[])[]
): Uint8Array {
  return writeBox(type, [version, 0, 0, 0], ...parts)
}
