import { Presets, SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.js'

/** A bar on the error stream for lists that take a while, where a person looks at it. */
export function startProgress(total: number, { stdout, stderr }: Terminal) {
  // Where the results themselves come to the screen they are the progress.
  const silent = !stderr.isTTY || total < 10 || stdout.isTTY
  if (silent) return { step() {}, stop() {} }
  const bar = new SingleBar(
    { format: '{bar} {value}/{total}  {eta_formatted} left', stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  return { step: () => bar.increment(), stop: () => bar.stop() }
}
