// AVIF put together box by box (AV1 image file format 1.1), of coded pictures that another program made.

/** @typedef {Uint8Array | number[] | string} Part */

/** @param {string} type @param {...Part} parts */
export function box(type, ...parts) {
  const body = Buffer.concat(
    parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  )
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** @param {string} type @param {number} version @param {...Part} parts */
const full = (type, version, ...parts) => box(type, [version, 0, 0, 0], ...parts)
/** @param {number} value */
const u16 = value => [value >> 8, value & 255]
/** @param {number} value */
const u32 = value => [...u16(value >>> 16), ...u16(value & 0xffff)]

/**
 * @typedef {object} Coded
 * @property {Uint8Array} data of AV1
 * @property {Uint8Array} configuration content of `av1C`
 * @property {number} width @property {number} height
 */

/**
 * The coded picture of a file of one opaque picture, as sharp writes it.
 * @param {Uint8Array} file
 * @returns {Coded}
 */
export function codedPicture(file) {
  const bytes = Buffer.from(file)
  /** @param {string} type */
  const bodyOf = type => {
    const at = bytes.indexOf(type, 0, 'latin1')
    if (at < 4 || bytes.indexOf(type, at + 4, 'latin1') > 0) throw new Error(`not one box ${type}`)
    return bytes.subarray(at + 4, at - 4 + bytes.readUInt32BE(at - 4))
  }
  const size = bodyOf('ispe')
  const [width, height] = [size.readUInt32BE(4), size.readUInt32BE(8)]
  return { data: bodyOf('mdat'), configuration: bodyOf('av1C'), width, height }
}

/**
 * @typedef {object} Options
 * @property {boolean} [pixi] whether items say their depth; true where it is left out
 * @property {number[]} [order] in which the grid names its tiles, by their places among the items; as they are if left out
 * @property {boolean} [gridLast] the grid comes behind its tiles
 */

/** A picture alone. @param {Coded} picture @param {Options} [options] */
export function stillAvif(picture, options) {
  return write([{ type: 'av01', ...picture }], 1, [], options)
}

/** A picture and its alpha, which does not say how large it is. @param {Coded} picture @param {Coded} alpha */
export function alphaAvif(picture, alpha) {
  const { data, configuration } = alpha
  const own = box('auxC', [0, 0, 0, 0], 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0')
  const items = [
    { type: 'av01', ...picture },
    { type: 'av01', data, configuration, own },
  ]
  return write(items, 1, [box('auxl', u16(2), u16(1), u16(1))])
}

/**
 * A picture of equal tiles.
 * @param {readonly Coded[]} tiles each stored once
 * @param {{ rows: number, columns: number, width: number, height: number }} shape
 * @param {Options} [options]
 */
export function gridAvif(tiles, { rows, columns, width, height }, options = {}) {
  const data = Uint8Array.from([0, 0, rows - 1, columns - 1, ...u16(width), ...u16(height)])
  const { order = tiles.map((_, index) => index), gridLast = false } = options
  const grid = { type: 'grid', data, width, height, configuration: undefined }
  const coded = tiles.map(tile => ({ type: 'av01', ...tile }))
  const items = gridLast ? [...coded, grid] : [grid, ...coded]
  const primary = gridLast ? items.length : 1
  const named = order.map(index => index + (gridLast ? 1 : 2))
  const dimg = box('dimg', u16(primary), u16(named.length), named.flatMap(u16))
  return write(items, primary, [dimg], options)
}

/**
 * @param {readonly ({ type: string, data: Uint8Array, width?: number, height?: number,
 *   configuration: Uint8Array | undefined, own?: Uint8Array })[]} items
 * @param {number} primary @param {readonly Uint8Array[]} references @param {Options} [options]
 */
function write(items, primary, references, { pixi = true } = {}) {
  const ftyp = box('ftyp', 'avif', u32(0), 'avif', 'mif1', 'miaf')
  /** @type {Uint8Array[]} */
  const properties = [full('pixi', 0, [3, 8, 8, 8])]
  const associations = items.map(({ width, height, configuration, own: another }, index) => {
    const own = []
    if (width && height) own.push(properties.push(full('ispe', 0, u32(width), u32(height))))
    if (another) own.push(properties.push(another))
    if (configuration) own.push(0x80 | properties.push(box('av1C', configuration)))
    if (pixi) own.push(1)
    return [...u16(index + 1), own.length, ...own]
  })
  /** @param {number} start */
  const meta = start => {
    let offset = start
    const places = items.flatMap(({ data }, index) => {
      offset += data.length
      return [index + 1, 0, 1].flatMap(u16).concat(u32(offset - data.length), u32(data.length))
    })
    return full(
      'meta',
      0,
      full('hdlr', 0, u32(0), 'pict', new Uint8Array(13)),
      full('pitm', 0, u16(primary)),
      full('iloc', 0, [0x44, 0], u16(items.length), places),
      full(
        'iinf',
        0,
        u16(items.length),
        ...items.map(({ type }, index) => full('infe', 2, u16(index + 1), u16(0), type, [0])),
      ),
      ...(references.length > 0 ? [full('iref', 0, ...references)] : []),
      box('iprp', box('ipco', ...properties), full('ipma', 0, u32(items.length), associations.flat())),
    )
  }
  const start = ftyp.length + meta(0).length + 8
  return new Uint8Array(Buffer.concat([ftyp, meta(start), box('mdat', ...items.map(({ data }) => data))]))
}
