import type { Budget } from '@sluice/core'
import type { Limits } from './sandbox/index.js'

/**
 * What one instance may cost.
 * @param price fuel that an honest image of this size takes at most; 0 for modules that are not metered
 */
export function limitsOf({ memoryMb, headroom }: Budget, price = 0): Limits {
  return { memoryBytes: memoryMb * 2 ** 20, fuel: Math.ceil(headroom * price) }
}
