import { UploadError, uprightSize } from '@sluice/core'
import { tidy, turn } from '#threads'
import type { DecodeOptions, Frame, Frames, Size, Source } from '../codec.js'
import type { Watch } from './watch.js'

/** A frame is drawn, shaped and compared in buffers of its own: megabytes each time, in one call of the renderer. */
const frameGarbageBytes = 32 * 2 ** 20

/**
 * A decoder's frames, held to what the header promised: their size, their number, their length in bytes. A
 * decoder that saw another picture than the probe priced is refused. Between two frames the thread serves
 * others. After the last one the decoder is closed.
 */
export async function* checkedFrames(
  decoded: Frames,
  { header }: Source,
  { animated }: DecodeOptions,
  watch: Watch,
): AsyncGenerator<Frame, void> {
  const expected = animated ? header.frames : 1
  const iterator = decoded[Symbol.asyncIterator]()
  try {
    for (let count = 0; count < expected; count++) {
      if (count > 0) {
        tidy(frameGarbageBytes)
        await turn()
      }
      const { done, value: frame } = await watch.step('decode-failed', () => iterator.next())
      if (done) throw disagreement(`${count} frames, header says ${expected}`)
      if (!sameSize(frame, decoded) || frame.pixels.length !== 4 * frame.width * frame.height)
        throw disagreement(`frame ${count} is ${frame.width} x ${frame.height}, ${frame.pixels.length} bytes`)
      yield frame
    }
  } finally {
    await iterator.return?.()
    // What the decoder holds is free for the encoders.
    decoded.close()
  }
}

/** Frames that may be closed when the last one was taken, and again when the image is done. */
export function closedOnce(decoded: Frames): Frames {
  const { width, height, upright, model, lasting } = decoded
  let open = true
  const close = () => {
    if (open) decoded.close()
    open = false
  }
  return {
    width,
    height,
    upright,
    model,
    lasting,
    close,
    [Symbol.asyncIterator]: () => decoded[Symbol.asyncIterator](),
  }
}

/** @throws UploadError `decode-failed` where the decoder's size is neither the header's nor the target */
export function checkDecodedSize(decoded: Frames, { header }: Source, { target }: DecodeOptions): void {
  const full = decoded.upright ? uprightSize(header) : header
  const scaled = decoded.upright && sameSize(decoded, target)
  if (!scaled && !sameSize(decoded, full))
    throw disagreement(`${decoded.width} x ${decoded.height}, header says ${header.width} x ${header.height}`)
}

const sameSize = (a: Size, b: Size) => a.width === b.width && a.height === b.height

const disagreement = (found: string) =>
  new UploadError('decode-failed', {}, { detail: `the decoder found ${found}` })
