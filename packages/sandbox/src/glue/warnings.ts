const MAX_LINES = 16
const MAX_LINE = 200

export interface Warnings {
  readonly lines: string[]
  write(text: Uint8Array): void
}

/** Collects what a codec prints, line by line. Hostile files can make it print without end: only the start is kept. */
export function warnings(): Warnings {
  const lines: string[] = []
  let line = ''
  return {
    lines,
    write(text) {
      for (const byte of text.subarray(0, MAX_LINE)) {
        if (byte !== 10 && byte !== 0) line += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '?'
        else if (line) {
          if (lines.length < MAX_LINES) lines.push(line.slice(0, MAX_LINE))
          line = ''
        }
      }
      line = line.slice(0, MAX_LINE)
    },
  }
}
