const known = new WeakMap<WebAssembly.Module, number>()

/** How many pages of 64 KiB a module starts with: the number that hardening wrote into its section `pages`. */
export function startingPages(module: WebAssembly.Module): number {
  let pages = known.get(module)
  if (pages === undefined) {
    pages = read(module)
    known.set(module, pages)
  }
  return pages
}

function read(module: WebAssembly.Module): number {
  const [section] = WebAssembly.Module.customSections(module, 'pages')
  if (!section) throw new TypeError('not a hardened module: it does not say how much memory it starts with')
  // Unsigned LEB128.
  return new Uint8Array(section).reduceRight((value, byte) => value * 128 + (byte & 127), 0)
}
