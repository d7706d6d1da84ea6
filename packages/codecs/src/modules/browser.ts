// Browsers and their workers. Not compileStreaming: that fails where a server does not know application/wasm.
import { once } from './once.js'
import { urls } from './urls.js'

export const loadModule = once(async name => {
  const response = await fetch(urls[name]())
  if (!response.ok) throw new Error(`${name}.wasm could not be fetched: ${response.status}`)
  return WebAssembly.compile(await response.arrayBuffer())
})
