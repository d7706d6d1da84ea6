/** A WebP file of one chunk in pieces. @param {string} code @param {readonly Uint8Array[]} pieces */
export function riff(code, pieces) {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const file = Buffer.alloc(20 + size + (size & 1))
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write(`WEBP${code}`, 8)
  file.writeUInt32LE(size, 16)
  let at = 20
  for (const piece of pieces) {
    file.set(piece, at)
    at += piece.length
  }
  return file
}
