/**
 * A name or message of foreign origin for a terminal: control characters, escape sequences, line breaks, bidi
 * overrides and lone surrogates become visible (`\u{1b}`).
 */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
