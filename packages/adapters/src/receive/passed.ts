import { tidyThread } from '@sluice/codecs'

const everyBytes = 2 ** 20
let bytes = 0

/**
 * Told of all that is read from clients, kept or thrown away: the chunks in which it came are garbage from then on, and a
 * flood brings hundreds of megabytes of them in a second.
 */
export function passed(length: number): void {
  bytes += length
  if (bytes < everyBytes) return
  bytes = 0
  tidyThread()
}
