import { corrupt } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'
import type { JpegComponent, JpegFrame } from './frame.js'

/** No scan has brought anything of a coefficient. */
const allBits = 15
const coefficients = 64

/** What the scans of a picture (ITU-T T.81, B.2.3) bring, by their headers. */
export class JpegScans {
  #count = 0
  readonly #missing = new Map<JpegComponent, Uint8Array>()

  get count(): number {
    return this.#count
  }

  /** A scan header: what every decoder insists on is checked. */
  add(segment: ByteReader, frame: JpegFrame): void {
    const members = readMembers(segment, frame)
    const blocks = members.reduce((sum, { horizontal, vertical }) => sum + horizontal * vertical, 0)
    if (members.length > 1 && blocks > 10) throw corrupt(`${blocks} blocks in an MCU`)
    const band = frame.process === 'progressive' ? readProgression(segment, members.length) : wholeBlock
    for (const member of members) this.#missingOf(member).fill(band.low, band.start, band.end + 1)
    this.#count++
  }

  /** Whether every bit of every coefficient was announced; only the decoder sees whether it is there. */
  isComplete(frame: JpegFrame): boolean {
    return frame.components.every(component => this.#missing.get(component)?.every(bits => bits === 0))
  }

  #missingOf(component: JpegComponent): Uint8Array {
    const known = this.#missing.get(component) ?? new Uint8Array(coefficients).fill(allBits)
    this.#missing.set(component, known)
    return known
  }
}

/** By identifier, and where several have the same, in their order, as libjpeg does (get_sos). */
function readMembers(segment: ByteReader, { components }: JpegFrame): readonly JpegComponent[] {
  const count = segment.u8()
  if (count < 1 || count > 4 || segment.left !== count * 2 + 3) throw corrupt('SOS length')
  const members: JpegComponent[] = []
  for (let index = 0; index < count; index++) {
    const id = segment.u8()
    segment.skip(1)
    const member = components.find(component => component.id === id && !members.includes(component))
    if (!member) throw corrupt(`SOS names component ${id}`)
    members.push(member)
  }
  return members
}

/** Of a sequential picture; its fields mean nothing, and some encoders leave them wrong. */
const wholeBlock = { start: 0, end: coefficients - 1, low: 0 }

/** DC scans have no AC, AC scans one component, and each refinement adds one bit (ITU-T T.81, G.1.1.1). */
function readProgression(segment: ByteReader, count: number): typeof wholeBlock {
  const start = segment.u8()
  const end = segment.u8()
  const approximation = segment.u8()
  const high = approximation >> 4
  const low = approximation & 15
  const band = start === 0 ? end === 0 : count === 1 && end >= start && end <= 63
  if (!band || low > 13 || (high !== 0 && high !== low + 1)) throw corrupt('progression parameters')
  return { start, end, low }
}
