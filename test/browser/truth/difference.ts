import { thumbDistance } from '@sluice/testkit/thumb8'
import type { Seen } from './page.js'

/** As in the corpus: after lossy coding, from the input or from what another lossy encoder made of it. */
const MATCH = 16

/**
 * What a person would see in an output that was not in the input; undefined where nothing is.
 * @param encoded thumb of the reference's lossy output: halved chroma shifts small and flat pictures
 * @param hidden how many frames the output has before those that a browser shows of the input
 */
export function differenceOf(
  input: Seen,
  output: Seen,
  encoded?: Uint8Array,
  hidden = 0,
): string | undefined {
  const frames = input.frames + hidden
  if (output.frames !== frames) return `${output.frames} frames, not ${frames}`
  if (input.frames > 1 && output.repeats !== input.repeats)
    return `repeats ${output.repeats}, not ${input.repeats}`
  for (const [index, duration] of input.durations.entries()) {
    const found = output.durations[index + hidden] ?? Number.NaN
    // A millisecond is what formats round to.
    if (!(Math.abs(shown(found) - shown(duration)) <= 1))
      return `frame ${index}: ${found} ms, not ${duration}`
  }
  const pairs = hidden === 0 ? [[input.still, output.still] as const] : []
  for (const [index, thumb] of input.thumbs.entries()) {
    const other = output.thumbs[index + hidden]
    if (other) pairs.push([thumb, other])
  }
  for (const [index, [wanted, found]] of pairs.entries()) {
    const thumb = Uint8Array.from(found)
    const distances = [Uint8Array.from(wanted), ...(index < 2 && encoded ? [encoded] : [])].map(reference =>
      thumbDistance(thumb, reference),
    )
    if (Math.min(...distances) > MATCH)
      return `distance ${Math.round(Math.min(...distances))} (picture ${index})`
  }
  return undefined
}

/** Chromium shows a frame of up to 10 milliseconds for 100. */
const shown = (duration: number) => (duration <= 10 ? 100 : duration)
