// Mutations that know what a JPEG is made of: fields of its headers, order of its segments, restart markers. Bytes
// in the entropy-coded data are changed as well, where no header would notice.
import { mutateBytes } from '@sluice/testkit/mutate/bytes'

/** @typedef {import('@sluice/testkit/mutate/bytes').Random} Random */
/** @typedef {{ marker?: number, bytes: Buffer }} Part a segment; without a marker, the data behind a scan */

const SOF0 = 0xc0
const SOF2 = 0xc2
const DHT = 0xc4
const SOF9 = 0xc9
const SOF10 = 0xca
const DAC = 0xcc
const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const DQT = 0xdb
const DRI = 0xdd
const APP14 = 0xee
const isFrame = (marker = 0) => (marker >= SOF0 && marker <= SOF2) || marker === SOF9 || marker === SOF10

/** @param {Buffer} file */
function takeApart(file) {
  /** @type {Part[]} */
  const parts = []
  let at = 2
  while (at + 4 <= file.length) {
    const marker = file[at + 1] ?? 0
    if (file[at] !== 0xff || marker === EOI) break
    const end = Math.min(file.length, at + 2 + file.readUInt16BE(at + 2))
    parts.push({ marker, bytes: Buffer.from(file.subarray(at, end)) })
    at = end
    if (marker !== SOS) continue
    let stop = at
    while (stop + 1 < file.length) {
      const next = file[stop + 1] ?? 0
      if (file[stop] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) break
      stop++
    }
    parts.push({ bytes: Buffer.from(file.subarray(at, stop)) })
    at = stop
  }
  return parts
}

/** @param {readonly Part[]} parts */
const putTogether = parts =>
  Buffer.concat([Buffer.of(0xff, SOI), ...parts.map(part => part.bytes), Buffer.of(0xff, EOI)])

/** @param {readonly Part[]} parts @param {Random} random @param {(part: Part) => boolean} is */
const choose = (parts, random, is) => {
  const matching = parts.filter(is)
  return matching.length ? random.pick(matching) : undefined
}

/** @param {Part} part @param {Random} random */
function changeFrame({ bytes }, random) {
  const components = bytes[9] ?? 0
  const component = 10 + 3 * random.below(Math.max(1, components))
  switch (random.below(6)) {
    case 0:
      bytes.writeUInt16BE(random.below(random.pick([3, 40, 300])), random.pick([5, 7]))
      break
    case 1:
      bytes[9] = random.pick([1, 2, 3, 4])
      break
    case 2:
      bytes[1] = random.pick([SOF0, 0xc1, SOF2, SOF0, 0xc1, SOF2, 0xc3, SOF9, SOF10])
      break
    case 3:
      bytes[component + 2] = random.below(5)
      break
    case 4:
      bytes[component] = random.pick([1, 2, 3, 4, 82, 71, 66])
      break
    default:
      bytes[component + 1] = ((1 + random.below(4)) << 4) | (1 + random.below(4))
  }
}

/** @param {Part} part @param {Random} random */
function changeScan({ bytes }, random) {
  const last = bytes.length - 1
  switch (random.below(4)) {
    case 0:
      bytes[last] = random.pick([0, 1, 2, 0x10, 0x21, 0x32, 0x0d, random.below(256)])
      break
    case 1:
      bytes[last - 2] = random.below(64)
      bytes[last - 1] = random.below(64)
      break
    case 2:
      bytes[6 + 2 * random.below(4)] = (random.below(4) << 4) | random.below(4)
      break
    default:
      bytes[4] = 1 + random.below(4)
  }
}

/** Moves a code from one length to another, or changes a symbol. @param {Part} part @param {Random} random */
function changeHuffman({ bytes }, random) {
  if (random.chance(0.5)) {
    const from = 5 + random.below(16)
    const to = 5 + random.below(16)
    if (bytes[from]) bytes[from] -= 1
    bytes[to] = (bytes[to] ?? 0) + 1
  } else bytes[21 + random.below(Math.max(1, bytes.length - 21))] = random.below(256)
}

/** @param {Random} random */
function restartInterval(random) {
  return { marker: DRI, bytes: Buffer.of(0xff, DRI, 0, 4, 0, random.below(9)) }
}

/** Conditioning of arithmetic coding. @param {Random} random */
function conditioning(random) {
  const entry = () => [(random.below(2) << 4) | random.below(4), random.below(random.pick([8, 64, 256]))]
  return { marker: DAC, bytes: Buffer.of(0xff, DAC, 0, 6, ...entry(), ...entry()) }
}

/** @param {Random} random */
function adobe(random) {
  return {
    marker: APP14,
    bytes: Buffer.from(`\xff\xee\0\x0eAdobe\0\x64\0\0\0\0${random.pick(['\0', '\x01', '\x02'])}`, 'latin1'),
  }
}

/** @param {Part[]} parts @param {Random} random */
function once(parts, random) {
  const data = choose(parts, random, part => part.marker === undefined && part.bytes.length > 0)
  const at = random.below(parts.length + 1)
  switch (random.below(12)) {
    case 0:
    case 1: {
      const frame = choose(parts, random, part => isFrame(part.marker) && part.bytes.length > 12)
      if (frame) changeFrame(frame, random)
      break
    }
    case 2:
    case 3: {
      const scan = choose(parts, random, part => part.marker === SOS && part.bytes.length > 7)
      if (scan) changeScan(scan, random)
      break
    }
    case 4: {
      const table = choose(parts, random, part => part.marker === DHT && part.bytes.length > 22)
      if (table) changeHuffman(table, random)
      break
    }
    case 5: {
      const table = choose(parts, random, part => part.marker === DQT)
      if (table) table.bytes[random.below(table.bytes.length)] = random.below(256)
      break
    }
    case 6:
      parts.splice(at, 0, random.pick([restartInterval, restartInterval, adobe, conditioning])(random))
      break
    case 7:
      if (data) {
        const cut = random.below(data.bytes.length)
        const rst = Buffer.of(0xff, 0xd0 + random.below(8))
        data.bytes = Buffer.concat([data.bytes.subarray(0, cut), rst, data.bytes.subarray(cut)])
      }
      break
    case 8:
      if (parts.length) parts.splice(at, 0, random.pick(parts))
      break
    case 9:
      if (parts.length > 1) parts.splice(random.below(parts.length), 1)
      break
    default:
      if (data) data.bytes = mutateBytes(data.bytes, random, 3)
  }
}

/** A changed copy. @param {Buffer} file @param {Random} random @returns {Buffer} */
export function mutateJpeg(file, random) {
  if (random.chance(0.2)) return mutateBytes(file, random)
  const parts = takeApart(file)
  for (let i = random.below(3); i >= 0; i--) once(parts, random)
  const changed = putTogether(parts)
  return random.chance(0.1) ? mutateBytes(changed, random, 2) : changed
}

/**
 * Width and height that the frame header says, as a probe would read them.
 * @param {Buffer} file
 * @returns {[width: number, height: number]}
 */
export function frameSize(file) {
  const frame = takeApart(file).find(
    ({ marker = 0, bytes }) => marker >= 0xc0 && marker <= 0xcf && bytes.length > 8,
  )
  return frame ? [frame.bytes.readUInt16BE(7), frame.bytes.readUInt16BE(5)] : [1, 1]
}
