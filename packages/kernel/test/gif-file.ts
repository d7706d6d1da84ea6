// GIF files for tests, put together block by block.

export interface Image {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  /** Row-major, below 4. */
  readonly indices: readonly number[]
  readonly interlaced?: boolean
  readonly palette?: readonly (readonly number[])[]
  readonly disposal?: number
  readonly delay?: number
  readonly transparent?: number
  /** Instead of the indices' own. */
  readonly minimumCodeSize?: number
  readonly data?: readonly number[]
}

interface Options {
  readonly palette: readonly (readonly number[])[]
  readonly extensions?: readonly number[]
  /** Real LZW; else every pixel is a literal. */
  readonly compress?: boolean
}

const le16 = (...values: number[]) => values.flatMap(v => [v & 255, v >> 8])
const text = (s: string) => [...Buffer.from(s, 'latin1')]

export function loops(application: string, repetitions: number): number[] {
  return [0x21, 0xff, 11, ...text(application), 3, 1, ...le16(repetitions), 0]
}

export function gifFile(
  width: number,
  height: number,
  images: readonly Image[],
  options: Options,
): Uint8Array {
  const { palette, extensions = [], compress = false } = options
  const screen = [...le16(width, height), tableFlags(palette), 0, 0, ...palette.flat()]
  const blocks = images.flatMap(image => imageBlocks(image, compress))
  return Uint8Array.from([...text('GIF89a'), ...screen, ...extensions, ...blocks, 0x3b])
}

/** Two or four colours. */
function tableFlags(palette: readonly unknown[]): number {
  return 0x80 | (Math.log2(palette.length) - 1)
}

function imageBlocks(image: Image, compress: boolean): number[] {
  const { x = 0, y = 0, width, height, interlaced, palette, disposal = 0, delay = 0, transparent } = image
  const flags = (disposal << 2) | (transparent === undefined ? 0 : 1)
  const control = [0x21, 0xf9, 4, flags, ...le16(delay), transparent ?? 0, 0]
  const own = palette ? tableFlags(palette) : 0
  const descriptor = [
    0x2c,
    ...le16(x, y, width, height),
    own | (interlaced ? 0x40 : 0),
    ...(palette ?? []).flat(),
  ]
  const indices = interlaced ? interlace(image) : image.indices
  const data = image.data ?? (compress ? lzw(indices) : literals(indices))
  return [...control, ...descriptor, image.minimumCodeSize ?? 2, ...subBlocks(data), 0]
}

function interlace({ width, height, indices }: Image): number[] {
  const rows = [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ].flatMap(([first = 0, step = 1]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, i) => first + i * step),
  )
  return rows.flatMap(row => indices.slice(row * width, (row + 1) * width))
}

function subBlocks(data: readonly number[]): number[] {
  const blocks: number[] = []
  for (let p = 0; p < data.length; p += 255) {
    const part = data.slice(p, p + 255)
    blocks.push(part.length, ...part)
  }
  return blocks
}

const CLEAR = 4
const END = 5

function packer() {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  return {
    put(code: number, size: number) {
      bits |= code << count
      for (count += size; count >= 8; count -= 8, bits >>= 8) bytes.push(bits & 255)
    },
    done: () => (count > 0 ? [...bytes, bits & 255] : bytes),
  }
}

/** A clear code after every second pixel keeps all codes at three bits. */
function literals(indices: readonly number[]): number[] {
  const out = packer()
  indices.forEach((index, i) => {
    if (i % 2 === 0) out.put(CLEAR, 3)
    out.put(index, 3)
  })
  out.put(END, 3)
  return out.done()
}

/** The textbook encoder; it clears when the table is full. */
function lzw(indices: readonly number[]): number[] {
  const out = packer()
  let table = new Map<string, number>()
  let size = 3
  const restart = () => {
    out.put(CLEAR, size)
    table = new Map([0, 1, 2, 3].map(i => [String.fromCharCode(i), i]))
    size = 3
  }
  restart()
  let next = END + 1
  let string = ''
  for (const index of indices) {
    const longer = string + String.fromCharCode(index)
    if (table.has(longer)) {
      string = longer
      continue
    }
    out.put(table.get(string) ?? 0, size)
    table.set(longer, next++)
    if (next - 1 === 1 << size) size++
    if (next === 4096) {
      restart()
      next = END + 1
    }
    string = String.fromCharCode(index)
  }
  if (string) out.put(table.get(string) ?? 0, size)
  out.put(END, size)
  return out.done()
}
