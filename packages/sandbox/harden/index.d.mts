/** Rules for one module. */
export interface HardenRules {
  /** Whether fuel is counted: every loop head and function entry takes some, and a module that has none left traps. */
  readonly metered: boolean
  /** Imports that are allowed, as `module.name`. */
  readonly imports: readonly string[]
  /** Exports that are kept: the name in the file, and the name to give it. */
  readonly exports: Readonly<Record<string, string>>
  /** JavaScript glue of Emscripten, from which the real names of imports are read. */
  readonly glue?: string | undefined
  /** Real names of imports by those in the file. */
  readonly names?: ReadonlyMap<string, string> | undefined
}

/**
 * The hardened module: memory from outside and bounded, imports held to a list, metered. Same input, same output.
 * @throws Error for an import that is not allowed
 */
export function harden(source: Uint8Array, rules: HardenRules): Buffer

/** A module that was built with fuel: bounded in memory like the others, and with no other import. */
export function hardenOurs(source: Uint8Array): Buffer
