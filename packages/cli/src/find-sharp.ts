import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Where the sharp of the project in `folder` is; undefined where it has none. It is never a dependency of ours.
 */
export function findSharp(folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve('sharp')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND') return undefined
    throw thrown
  }
}
