/**
 * A turn of the event loop: whatever else waits on this thread, requests and timers, gets its share between
 * the frames of one animation. Promises alone never let go of the thread.
 */
export function turn(): Promise<void> {
  return new Promise(resolve => {
    // Node, Deno and Bun; a timer is held back for milliseconds there.
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
}
