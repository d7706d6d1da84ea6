import { compileModule } from '@sluice/sandbox'

/** Not compileStreaming: that fails where a server does not know application/wasm. */
export async function fetchModule(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname} could not be fetched: ${response.status}`)
  return compileModule(await response.arrayBuffer())
}
