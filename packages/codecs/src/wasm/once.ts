import type { LoadModule } from './module-names.js'

/** Compiles each module once. A load that failed is tried again next time: a missing file may come back. */
export function once<Name extends string>(load: LoadModule<Name>): LoadModule<Name> {
  const loaded = new Map<Name, Promise<WebAssembly.Module>>()
  return name => {
    const known = loaded.get(name)
    if (known) return known
    const loading = load(name)
    loaded.set(name, loading)
    loading.catch(() => loaded.delete(name))
    return loading
  }
}
