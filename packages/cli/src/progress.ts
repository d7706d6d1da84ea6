import { Presets, SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.js'

export interface Progress {
  step(): void
  /** How many are done. */
  update(done: number): void
  stop(): void
}

const none: Progress = { step() {}, update() {}, stop() {} }

/**
 * A bar on the error stream for work that takes a while, with the time left, where a person looks at it.
 * @param total unknown where undefined: then only what is done is told
 */
export function startProgress(total: number | undefined, { stdout, stderr }: Terminal): Progress {
  // Where the results themselves come to the screen they are the progress.
  const silent = !stderr.isTTY || (total !== undefined && total < 10) || stdout.isTTY
  return silent ? none : startBar(total)
}

/** The same where there are few results, so that the bar is shown beside them. */
export function startQuietProgress(total: number | undefined, { stderr }: Terminal): Progress {
  return stderr.isTTY ? startBar(total) : none
}

function startBar(total: number | undefined): Progress {
  const format = total === undefined ? '{value} done' : '{bar} {value}/{total}  {eta_formatted} left'
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: true, fps: 4, etaBuffer: 1000 },
    Presets.shades_classic,
  )
  bar.start(total ?? 0, 0)
  return { step: () => bar.increment(), update: done => bar.update(done), stop: () => bar.stop() }
}
