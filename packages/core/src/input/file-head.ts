/** Signatures lie at the very start; HTML and PDF may have some space before them. */
const headBytes = 1024

/**
 * The first kilobyte as Latin-1 text, one character a byte: signatures are compared as text, without an
 * index.
 */
export function headOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, headBytes))
}

/** Texts that must stand at their offsets, all of them. */
export type Signature = readonly (readonly [offset: number, text: string])[]

export function matches(head: string, signature: Signature): boolean {
  return signature.every(([offset, text]) => head.startsWith(text, offset))
}

/**
 * The brands of an ISO base media file (ISO/IEC 14496-12, `ftyp` box): the major one first. Empty where there
 * is no such box. What the box says of its size only shortens the list.
 */
export function brandsOf(head: string): readonly string[] {
  if (!head.startsWith('ftyp', 4)) return []
  const [a = 0, b = 0, c = 0, d = 0] = Array.from(head.slice(0, 4), byte => byte.charCodeAt(0))
  const box = head.slice(0, ((a * 256 + b) * 256 + c) * 256 + d)
  // The minor version stands between the major brand and the compatible ones.
  return [head.slice(8, 12), ...(box.slice(16).match(/[\s\S]{4}/g) ?? [])]
}
