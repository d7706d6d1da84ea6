import { be, bytesOf } from './bytes-of.js'

type Part = number | string | Uint8Array

export function box(type: string, ...body: Part[]): Uint8Array {
  const bytes = bytesOf(...body)
  return bytesOf(be(bytes.length + 8, 4), type, bytes)
}

/** A box with a version and flags. */
export function fullBox(type: string, version: number, flags: number, ...body: Part[]): Uint8Array {
  return box(type, version, be(flags, 3), ...body)
}

export const ispe = (width: number, height: number) => fullBox('ispe', 0, 0, be(width, 4), be(height, 4))
export const irot = (quarters: number) => box('irot', quarters)
export const imir = (axis: number) => box('imir', axis)
export const clap = (...numbers: readonly number[]) => box('clap', ...numbers.map(number => be(number, 4)))
export const auxC = (type: string) => fullBox('auxC', 0, 0, type, 0)

export interface Item {
  readonly type: string
  /** Properties, each stored for this item alone. */
  readonly properties?: readonly Uint8Array[]
  /** Bytes of the item. */
  readonly length?: number
}

export interface HeifFields {
  readonly brand?: string
  readonly primary?: number
  /** The first one has number 1. */
  readonly items?: readonly Item[]
  readonly references?: readonly (readonly [type: string, from: number, to: readonly number[]])[]
  /** More boxes in meta. */
  readonly more?: readonly Uint8Array[]
  readonly after?: Uint8Array
}

const dataBytes = 64

export function heifFile({
  brand = 'avif',
  primary = 1,
  items = [{ type: 'av01', properties: [ispe(6, 4)] }],
  references = [],
  more = [],
  after = bytesOf(),
}: HeifFields = {}): Uint8Array {
  const ftyp = box('ftyp', brand, 0, 0, 0, 0, brand)
  const entries = items.map(({ type }, index) => fullBox('infe', 2, 0, be(index + 1, 2), 0, 0, type, 0))
  const properties = items.flatMap(item => item.properties ?? [])
  let next = 1
  const associations = items.map(({ properties: own = [] }, index) =>
    bytesOf(be(index + 1, 2), own.length, ...own.map(() => next++)),
  )
  const meta = (offset: number) =>
    fullBox(
      'meta',
      0,
      0,
      fullBox('pitm', 0, 0, be(primary, 2)),
      fullBox('iinf', 0, 0, be(items.length, 2), ...entries),
      fullBox(
        'iref',
        0,
        0,
        ...references.map(([type, from, to]) =>
          box(type, be(from, 2), be(to.length, 2), ...to.map(id => be(id, 2))),
        ),
      ),
      box('iprp', box('ipco', ...properties), fullBox('ipma', 0, 0, be(items.length, 4), ...associations)),
      fullBox(
        'iloc',
        0,
        0,
        0x44,
        0,
        be(items.length, 2),
        ...items.map(({ length = dataBytes }, index) =>
          bytesOf(be(index + 1, 2), 0, 0, be(1, 2), be(offset, 4), be(length, 4)),
        ),
      ),
      ...more,
    )
  const offset = ftyp.length + meta(0).length + 8
  return bytesOf(ftyp, meta(offset), box('mdat', new Uint8Array(dataBytes)), after)
}
