// What every server tells of itself.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** `told` is the delay of the event loop in milliseconds since it was asked last; what is done `aside` is no part of it. */
export function watchLoop() {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  function told() {
    const late = { p99: delay.percentile(99) / 1e6, worst: delay.max / 1e6 }
    delay.reset()
    return late
  }
  /** @template T @param {() => Promise<T>} work */
  async function aside(work) {
    delay.disable()
    const done = await work()
    delay.enable()
    return done
  }
  return { told, aside }
}

/** Who started it waits for this line. */
export const ready = () => console.log('READY')
