// What every server tells of itself.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Delay of the event loop in milliseconds since it was asked last. */
export function watchLoop() {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  return () => {
    const told = { p99: delay.percentile(99) / 1e6, worst: delay.max / 1e6 }
    delay.reset()
    return told
  }
}

/** Who started it waits for this line. */
export const ready = () => console.log('READY')
