import { corrupt } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'
import type { JpegFrame } from './frame.js'

/**
 * A scan header (ITU-T T.81, B.2.3 and table B.3): what every decoder insists on.
 * @returns the number of its components
 */
export function checkScan(segment: ByteReader, frame: JpegFrame): number {
  const count = segment.u8()
  if (count < 1 || count > 4 || segment.left !== count * 2 + 3) throw corrupt('SOS length')
  let blocks = 0
  for (let index = 0; index < count; index++) {
    const id = segment.u8()
    segment.skip(1)
    const component = frame.components.find(component => component.id === id)
    if (!component) throw corrupt(`SOS names component ${id}`)
    blocks += component.horizontal * component.vertical
  }
  if (count > 1 && blocks > 10) throw corrupt(`${blocks} blocks in an MCU`)
  if (frame.process === 'progressive') checkProgression(segment, count)
  return count
}

/** DC scans have no AC, AC scans one component, and each refinement adds one bit (ITU-T T.81, G.1.1.1). */
function checkProgression(segment: ByteReader, count: number): void {
  const start = segment.u8()
  const end = segment.u8()
  const approximation = segment.u8()
  const high = approximation >> 4
  const low = approximation & 15
  const band = start === 0 ? end === 0 : count === 1 && end >= start && end <= 63
  if (!band || low > 13 || (high !== 0 && high !== low + 1)) throw corrupt('progression parameters')
}
