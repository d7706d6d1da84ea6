import type { ModuleName } from '../wasm/module-names.js'

/** What would otherwise lie in files beside the code. */
export interface Parts {
  /** Modules, gzipped, as base64. */
  readonly modules: Readonly<Record<ModuleName, string>>
  /** The code of the default pool's workers: CommonJS, with nothing to import but node: modules. */
  readonly worker: string
}

let brought: Parts | undefined

/** Called by `@sluice/codecs/inline`. */
export function carry(parts: Parts): void {
  brought = parts
}

export function carried(): Parts | undefined {
  return brought
}
