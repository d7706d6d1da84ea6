// The segments of a JPEG up to its first scan, taken apart and changed.

/** @param {readonly (Uint8Array | readonly number[])[]} parts */
const join = parts => new Uint8Array(Buffer.concat(parts.map(part => Uint8Array.from(part))))

/**
 * The segments up to the first scan, each with its marker, and where the data begin.
 * @param {Uint8Array} file
 * @returns {Generator<{ marker: number, from: number, to: number }>}
 */
export function* segmentsOf(file) {
  for (let from = 2; ; ) {
    const marker = file[from + 1] ?? 0
    const to = from + 2 + (file[from + 2] ?? 0) * 256 + (file[from + 3] ?? 0)
    yield { marker, from, to }
    if (marker === 0xda) return
    from = to
  }
}

/** @param {Uint8Array} file @param {number} unwanted second byte of a marker */
export function withoutSegments(file, unwanted) {
  const parts = [file.subarray(0, 2)]
  let end = 2
  for (const { marker, from, to } of segmentsOf(file)) {
    if (marker !== unwanted) parts.push(file.subarray(from, to))
    end = to
  }
  return join([...parts, file.subarray(end)])
}

/** In the frame header and the first scan. @param {Uint8Array} file @param {readonly number[]} ids */
export function renameComponents(file, ids) {
  const copy = Uint8Array.from(file)
  for (const { marker, from } of segmentsOf(file)) {
    const isFrame = marker >= 0xc0 && marker <= 0xc2
    ids.forEach((id, index) => {
      if (isFrame) copy[from + 10 + 3 * index] = id
      if (marker === 0xda) copy[from + 5 + 2 * index] = id
    })
  }
  return copy
}
