import { compileModule } from '@sluice/sandbox'

/** @param packed a module, gzipped, as base64 */
export async function unpack(packed: string): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(packed), character => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return compileModule(await new Response(stream).arrayBuffer())
}
