import { throwCode } from './errors.js'
import { copyFrom, copyIn, type Kernel, run } from './instance.js'

/**
 * A zlib stream (RFC 1950) as a whole. Bytes behind its end are ignored; a checksum that does not fit is not.
 *
 * @param most bytes that may come out
 * @throws KernelError; `too-long` where more would
 */
export function inflate(kernel: Kernel, stream: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  return run(kernel, exports => {
    const length = exports.inflateZlib(copyIn(kernel, stream), stream.length, most)
    throwCode(length)
    return copyFrom(kernel, exports.inflatedPointer(), length)
  })
}
