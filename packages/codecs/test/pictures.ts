import { readFile } from 'node:fs/promises'

/** A file of the project's own pictures. */
export const picture = async (path: string) =>
  new Uint8Array(await readFile(new URL(`../../../fixtures/files/${path}`, import.meta.url)))

const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** A progressive JPEG whose last scan is repeated: little to store, and work for each pixel each time. */
export async function scanBomb(scans: number): Promise<Uint8Array> {
  const jpeg = await picture('bad/bomb-101-scans.jpg')
  const last = Buffer.from(jpeg).lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = jpeg.subarray(last, -2)
  return concat(jpeg.subarray(0, -2), ...Array.from({ length: scans }, () => scan), jpeg.subarray(-2))
}

/** A JPEG whose header claims another size. */
export function resized(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = jpeg.slice()
  const view = new DataView(bytes.buffer)
  for (let at = 2; at < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    if (marker < 0xc0 || marker > 0xc2) continue
    view.setUint16(at + 5, height)
    view.setUint16(at + 7, width)
    return bytes
  }
  throw new Error('no frame header')
}
