import { marker } from '../../containers/jpeg-segments.js'
import { checkSize, corrupt, type HeaderLimits, unsupported } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'

export interface JpegComponent {
  readonly id: number
  /** Sampling factors, 1 to 4. */
  readonly horizontal: number
  readonly vertical: number
}

export interface JpegFrame {
  readonly process: 'baseline' | 'extended' | 'progressive'
  readonly coding: 'huffman' | 'arithmetic'
  readonly width: number
  /** 0 until DNL gives it. */
  readonly height: number
  readonly components: readonly JpegComponent[]
}

/** The processes that are read here, by the code of their SOF marker. */
const processes: Readonly<Record<number, Pick<JpegFrame, 'process' | 'coding'>>> = {
  [marker.sof0]: { process: 'baseline', coding: 'huffman' },
  [marker.sof1]: { process: 'extended', coding: 'huffman' },
  [marker.sof2]: { process: 'progressive', coding: 'huffman' },
  [marker.sof9]: { process: 'extended', coding: 'arithmetic' },
  [marker.sof10]: { process: 'progressive', coding: 'arithmetic' },
}

/** A frame header (ITU-T T.81, B.2.2). Kinds that no renderer reads are refused here, by name. */
export function readFrame(code: number, segment: ByteReader, limits: HeaderLimits): JpegFrame {
  const kind = processes[code]
  if (!kind) throw unsupported(describeProcess(code))
  const precision = segment.u8()
  const height = segment.u16()
  const width = segment.u16()
  const count = segment.u8()
  if (segment.left !== count * 3) throw corrupt(`SOF of ${count} components has a wrong length`)
  if (precision === 12 && kind.process !== 'baseline') throw unsupported('12-bit JPEG')
  if (precision !== 8) throw corrupt(`${precision} bits a sample`)
  // A height of 0 is given by DNL after the first scan (B.2.5); until then one line stands for it.
  checkSize(width, Math.max(height, 1), limits)
  if (count === 0) throw corrupt('no components')
  if (count === 2 || count > 4) throw unsupported(`JPEG with ${count} components`)
  return { ...kind, width, height, components: Array.from({ length: count }, () => readComponent(segment)) }
}

function readComponent(segment: ByteReader): JpegComponent {
  const id = segment.u8()
  const factors = segment.u8()
  const horizontal = factors >> 4
  const vertical = factors & 15
  segment.skip(1)
  if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) throw corrupt('sampling factors')
  return { id, horizontal, vertical }
}

/** SOF3 and 11 are lossless; 5 to 7 and 13 to 15 are differential, of which 7 and 15 are lossless as well. */
function describeProcess(code: number): string {
  return (code & 3) === 3 ? 'lossless JPEG' : 'hierarchical JPEG'
}
