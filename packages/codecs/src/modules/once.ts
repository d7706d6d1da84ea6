import type { LoadModule, ModuleName } from './module-names.js'

/** Compiles each module once. A load that failed is tried again next time: a missing file may come back. */
export function once(load: LoadModule): LoadModule {
  const loaded = new Map<ModuleName, Promise<WebAssembly.Module>>()
  return name => {
    const known = loaded.get(name)
    if (known) return known
    const loading = load(name)
    loaded.set(name, loading)
    loading.catch(() => loaded.delete(name))
    return loading
  }
}
