import { sayKind } from '@sluice/core'

/** `JPEG` of `a JPEG`. */
export function nameOfKind(kind: string): string {
  return sayKind(kind).replace(/^an? /, '')
}
