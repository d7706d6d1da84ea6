import { encodeLossy, type LossyOptions } from '../src/encode-lossy.js'
import { type EncoderInstance, instantiate } from '../src/instance.js'
import type { NotEncoded } from '../src/outcomes.js'
import { type Frame, loopFilter, type MacroblockFilter, type Plane } from './loop-filter.js'
import { memory, module } from './module.js'

export interface Picture {
  readonly rgba: Uint8Array
  readonly width: number
  readonly height: number
}

interface TestExports {
  readonly filterSharpness: WebAssembly.Global
  readonly reconY: WebAssembly.Global
  readonly reconU: WebAssembly.Global
  readonly reconV: WebAssembly.Global
  readonly reconStride: WebAssembly.Global
  readonly reconChromaStride: WebAssembly.Global
  readonly modes: WebAssembly.Global
  macroblockFilterLevel(mx: number, my: number): number
}

const MODE_BYTES = 20
const BY_SUBBLOCKS = 4

/** Encodes, and says what a decoder must show: the planes cropped to the picture, Y then U then V. */
export function encodeAndReconstruct(
  { rgba, width, height }: Picture,
  options: LossyOptions,
): { file: Uint8Array; planes: Uint8Array } | NotEncoded {
  const instance = instantiate(module, memory())
  const inner = instance.exports as typeof instance.exports & TestExports
  const frame: Frame = emptyFrame(width, height)
  const filters: MacroblockFilter[] = []
  let row = 0
  const watched: EncoderInstance = {
    memory: instance.memory,
    exports: {
      ...inner,
      encodeBand() {
        const status = inner.encodeBand()
        if (!status) collect(inner, instance.memory, frame, filters, row++)
        return status
      },
    },
  }
  const file = encodeLossy(watched, rgba, width, height, options)
  if (typeof file === 'string') return file
  loopFilter(
    frame,
    inner.filterSharpness.value,
    (mx, my) => filters[my * frame.columns + mx] ?? { level: 0, inner: false },
  )
  const half = [(width + 1) >> 1, (height + 1) >> 1] as const
  const planes = Buffer.concat([crop(frame.y, width, height), crop(frame.u, ...half), crop(frame.v, ...half)])
  return { file, planes }
}

function emptyFrame(width: number, height: number): Frame {
  const [columns, rows] = [Math.ceil(width / 16), Math.ceil(height / 16)]
  const plane = (size: number) => ({
    data: new Uint8Array(columns * size * rows * size),
    stride: columns * size,
  })
  return { columns, rows, y: plane(16), u: plane(8), v: plane(8) }
}

function collect(
  x: TestExports,
  memory: WebAssembly.Memory,
  frame: Frame,
  filters: MacroblockFilter[],
  my: number,
): void {
  const bytes = new Uint8Array(memory.buffer)
  const copy = (plane: Plane, from: number, stride: number, size: number) => {
    for (let y = 0; y < size; y++) {
      plane.data.set(
        bytes.subarray(from + y * stride, from + y * stride + plane.stride),
        (my * size + y) * plane.stride,
      )
    }
  }
  copy(frame.y, x.reconY.value, x.reconStride.value, 16)
  copy(frame.u, x.reconU.value, x.reconChromaStride.value, 8)
  copy(frame.v, x.reconV.value, x.reconChromaStride.value, 8)
  for (let mx = 0; mx < frame.columns; mx++) {
    const record = x.modes.value + (my * frame.columns + mx) * MODE_BYTES
    const [lumaMode, , skipped] = bytes.subarray(record, record + 3)
    filters.push({ level: x.macroblockFilterLevel(mx, my), inner: !skipped || lumaMode === BY_SUBBLOCKS })
  }
}

function crop({ data, stride }: Plane, width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) out.set(data.subarray(y * stride, y * stride + width), y * width)
  return out
}
