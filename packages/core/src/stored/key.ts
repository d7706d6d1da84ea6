import { type OutputFormat, outputFormats, usualExtension } from '../formats/format.js'
import { hex } from '../text/hex.js'

/**
 * What a public file may be called. `audit` holds stored files to it. One slash at a fixed place and no dot
 * but that of the extension: no key spells a path traversal.
 */
export const keyGrammar = new RegExp(
  `^\\d{4}(?:0[1-9]|1[0-2])/[0-9a-f]{32}(?:-[a-z0-9]{1,32})?\\.(?:${outputFormats.map(usualExtension).join('|')})$`,
)

/**
 * `YYYYMM/` (UTC) and 128 random bits in hex: nothing of the client's name, nothing that can be guessed.
 * Not a UUID, which has only 122 random bits (OWASP ASVS 5.0, 11.5.1).
 */
export function makeKeyStem(now: Date): string {
  return keyStem(now, crypto.getRandomValues(new Uint8Array(16)))
}

/** @param bytes 16 of them, whose guessing is hopeless */
export function keyStem(month: Date, bytes: Uint8Array): string {
  return `${month.toISOString().slice(0, 7).replace('-', '')}/${hex(bytes)}`
}

/** What the records call an upload, by the key of any file that was stored with it: the random digits. */
export function recordId(key: string): string {
  return key.slice(7, 39)
}

/** The key of one rendition: `main` has no suffix. */
export function keyFor(stem: string, name: string, format: OutputFormat): string {
  const extension = usualExtension(format)
  return name === 'main' ? `${stem}.${extension}` : `${stem}-${name}.${extension}`
}
