/**
 * Thrown by the function that a decoder calls with its finished picture: it ends the decoder there, before it frees the
 * pixels, so they need not be copied out. The instance is thrown away in any case.
 */
export class EarlyExit {
  constructor(
    readonly pixels: Uint8Array,
    readonly width: number,
    readonly height: number,
  ) {}
}

/** Runs a decoder until it delivers. @returns undefined if it returned without a picture */
export function runUntilPicture(decode: () => void): EarlyExit | undefined {
  try {
    decode()
    return undefined
  } catch (thrown) {
    if (thrown instanceof EarlyExit) return thrown
    throw thrown
  }
}
