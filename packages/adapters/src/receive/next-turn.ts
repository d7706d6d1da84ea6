/** That of Next.js in edge functions throws. */
const hasStub = 'EdgeRuntime' in globalThis

/**
 * Calls back after a turn of the event loop, in which whatever waits in the sockets is read. A timer that
 * comes due while the loop was busy says nothing of a client: its bytes may be there, and are looked for
 * first.
 */
export function nextTurn(callback: () => void): void {
  // Timers come before sockets in a turn of Node's loop, immediates after.
  if (typeof setImmediate === 'function' && !hasStub) setImmediate(callback)
  else setTimeout(callback, 0)
}
