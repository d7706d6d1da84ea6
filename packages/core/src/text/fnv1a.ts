/**
 * 64-bit FNV-1a (draft-eastlake-fnv) of a text's UTF-8, as 16 hex digits. An identifier, no protection
 * against anybody.
 */
export function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
