import { Code } from '../assembly/codes'

/** Stable names of everything that can go wrong. */
export type KernelErrorCode = keyof typeof MESSAGES

const MESSAGES = {
  'out-of-memory': 'The picture needs more memory than it was given.',
  'out-of-fuel': 'The picture needs more work than it was given.',
  corrupt: 'The picture is damaged.',
  truncated: 'The picture is incomplete.',
  'unsupported-lossless': 'Lossless JPEG is not supported.',
  'unsupported-hierarchical': 'Hierarchical JPEG is not supported.',
  'unsupported-precision': 'Only JPEG with 8 bits per sample is supported.',
  'unsupported-components': 'Only JPEG with 1, 3 or 4 components is supported.',
  'bad-arguments': 'Size, crop, orientation or keep do not fit the picture.',
  'bad-checksum': 'The picture is damaged: a checksum does not fit.',
  'unsupported-chunk': 'This kind of PNG, such as those of Xcode, is not supported.',
  'too-many-codes': 'The picture has more prefix codes than any encoder writes.',
  'too-long': 'The stream inflates to more than was asked for.',
  'no-simd':
    'The image kernel needs WebAssembly SIMD, which this runtime lacks: use jsquashRenderer() of @sluice/codecs/jsquash instead.',
  trap: 'The image kernel stopped on an error of its own.',
} as const

const NAMES: Record<number, KernelErrorCode> = {
  [Code.OutOfMemory]: 'out-of-memory',
  [Code.Corrupt]: 'corrupt',
  [Code.Truncated]: 'truncated',
  [Code.UnsupportedLossless]: 'unsupported-lossless',
  [Code.UnsupportedHierarchical]: 'unsupported-hierarchical',
  [Code.UnsupportedPrecision]: 'unsupported-precision',
  [Code.UnsupportedComponents]: 'unsupported-components',
  [Code.BadArguments]: 'bad-arguments',
  [Code.BadChecksum]: 'bad-checksum',
  [Code.UnsupportedChunk]: 'unsupported-chunk',
  [Code.TooManyCodes]: 'too-many-codes',
  [Code.TooLong]: 'too-long',
}

export class KernelError extends Error {
  override readonly name = 'KernelError'
  readonly code: KernelErrorCode

  constructor(code: KernelErrorCode, cause?: unknown) {
    super(MESSAGES[code], cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** Turns what an export returned into an exception, unless it is Ok. */
export function throwCode(result: number): void {
  if (result < 0) throw new KernelError(NAMES[result] ?? 'trap')
}
