// Mutations that know what a JPEG is made of: fields of its headers, order of its segments, restart markers. Bytes
// in the entropy-coded data are changed as well, where no header would notice.
import { mutateBytes } from './mutate-bytes.mjs'

const [SOF0, SOF2, DHT, SOI, EOI, SOS, DQT, DRI, APP14] = [
  0xc0, 0xc2, 0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xee,
]
const isFrame = marker => marker >= SOF0 && marker <= SOF2

/** Segments, and the data behind scans, as { marker, bytes }; data has no marker. */
function takeApart(file) {
  const parts = []
  let at = 2
  while (at + 4 <= file.length) {
    const marker = file[at + 1]
    if (file[at] !== 0xff || marker === EOI) break
    const end = Math.min(file.length, at + 2 + file.readUInt16BE(at + 2))
    parts.push({ marker, bytes: Buffer.from(file.subarray(at, end)) })
    at = end
    if (marker !== SOS) continue
    let stop = at
    while (stop + 1 < file.length) {
      const next = file[stop + 1]
      if (file[stop] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) break
      stop++
    }
    parts.push({ bytes: Buffer.from(file.subarray(at, stop)) })
    at = stop
  }
  return parts
}

const putTogether = parts =>
  Buffer.concat([Buffer.of(0xff, SOI), ...parts.map(part => part.bytes), Buffer.of(0xff, EOI)])

const choose = (parts, random, is) => {
  const matching = parts.filter(is)
  return matching.length ? random.pick(matching) : undefined
}

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
      bytes[1] = random.pick([SOF0, 0xc1, SOF2, SOF0, 0xc1, SOF2, 0xc3, 0xc9])
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

/** Moves a code from one length to another, or changes a symbol. */
function changeHuffman({ bytes }, random) {
  if (random.chance(0.5)) {
    const from = 5 + random.below(16)
    const to = 5 + random.below(16)
    if (bytes[from]) bytes[from]--
    bytes[to]++
  } else bytes[21 + random.below(Math.max(1, bytes.length - 21))] = random.below(256)
}

function restartInterval(random) {
  return { marker: DRI, bytes: Buffer.of(0xff, DRI, 0, 4, 0, random.below(9)) }
}

function adobe(random) {
  return {
    marker: APP14,
    bytes: Buffer.from(`\xff\xee\0\x0eAdobe\0\x64\0\0\0\0${random.pick(['\0', '\x01', '\x02'])}`, 'latin1'),
  }
}

function once(parts, random) {
  const is = marker => part => part.marker === marker
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
      const table = choose(parts, random, is(DQT))
      if (table) table.bytes[random.below(table.bytes.length)] = random.below(256)
      break
    }
    case 6:
      parts.splice(at, 0, random.chance(0.6) ? restartInterval(random) : adobe(random))
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

/** A changed copy. */
export function mutateJpeg(file, random) {
  if (random.chance(0.2)) return mutateBytes(file, random)
  const parts = takeApart(file)
  for (let i = random.below(3); i >= 0; i--) once(parts, random)
  const changed = putTogether(parts)
  return random.chance(0.1) ? mutateBytes(changed, random, 2) : changed
}

/** Width and height that the frame header says, as a probe would read them. */
export function frameSize(file) {
  const frame = takeApart(file).find(
    part => part.marker >= 0xc0 && part.marker <= 0xcf && part.bytes.length > 8,
  )
  return frame ? [frame.bytes.readUInt16BE(7), frame.bytes.readUInt16BE(5)] : [1, 1]
}
