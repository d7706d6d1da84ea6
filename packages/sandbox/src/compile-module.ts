/**
 * `WebAssembly.compile` that holds the event loop open meanwhile. Where nothing else does (a script, a command), Node
 * blocks its main thread until V8's other threads are done, and one of those that waits for the main thread to
 * collect garbage never is: nodejs/node#54918. Seen here in 2 of 12 runs of a script on a busy machine.
 */
export async function compileModule(bytes: BufferSource): Promise<WebAssembly.Module> {
  const open = setInterval(() => {}, 60_000)
  try {
    return await WebAssembly.compile(bytes)
  } finally {
    clearInterval(open)
  }
}
