// The one table of what an export may return. Written in the syntax that AssemblyScript and TypeScript
// share: src/errors.ts reads it too, so that a number can not mean two things.

export enum Code {
  Ok = 0,
  /** memory.grow failed: the picture needs more than the caller's Memory may have. */
  OutOfMemory = -1,
  /** The bytes break a rule of their format. */
  Corrupt = -2,
  /** The bytes end, or a segment of them ends, before the picture is complete. */
  Truncated = -3,
  /** T.81 SOF3 and SOF11. */
  UnsupportedLossless = -5,
  /** T.81 SOF5 to SOF7, SOF13 to SOF15 and DHP. */
  UnsupportedHierarchical = -6,
  /** Sample precision other than 8 bits. */
  UnsupportedPrecision = -7,
  /** JPEG with a number of components other than 1, 3 or 4. */
  UnsupportedComponents = -8,
  /** The arguments do not fit the picture: no pixels, or a crop outside it. */
  BadArguments = -9,
  /** A CRC-32 of a critical PNG chunk, or the Adler-32 of a zlib stream, does not fit. */
  BadChecksum = -10,
  /** A critical PNG chunk that the standard does not know, such as Apple's CgBI. */
  UnsupportedChunk = -11,
  /** A lossless WebP with more groups of prefix codes than webp/lossless/code-groups.ts allows. */
  TooManyCodes = -12,
  /** A zlib stream has more in it than the caller wants. */
  TooLong = -13,
}
