// Takes JPEG files apart and puts them together, to make the ones that no encoder at hand writes.

export interface Segment {
  readonly marker: number
  readonly body: Uint8Array
}

const SOS = 0xda

/** Marker segments up to the first scan, and the entropy-coded data behind it, without EOI. */
export function takeApart(file: Uint8Array): { segments: Segment[]; data: Uint8Array } {
  const segments: Segment[] = []
  let at = 2
  for (;;) {
    const marker = file[at + 1] ?? 0
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0)
    segments.push({ marker, body: file.slice(at + 4, at + 2 + length) })
    at += 2 + length
    if (marker === SOS) return { segments, data: file.slice(at, -2) }
  }
}

export function segment(marker: number, ...body: number[]): Segment {
  return { marker, body: Uint8Array.from(body) }
}

export function text(ascii: string): number[] {
  return [...ascii].map(c => c.charCodeAt(0))
}

/** SOI, the parts in turn, EOI. */
export function putTogether(...parts: (Segment | Uint8Array)[]): Uint8Array {
  const bytes = [0xff, 0xd8]
  for (const part of parts) {
    if (part instanceof Uint8Array) bytes.push(...part)
    else
      bytes.push(0xff, part.marker, (part.body.length + 2) >> 8, (part.body.length + 2) & 255, ...part.body)
  }
  return Uint8Array.from([...bytes, 0xff, 0xd9])
}
