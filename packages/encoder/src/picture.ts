/** RGBA, 8 bits, straight alpha, row-major, tightly packed. */
export interface Picture {
  readonly rgba: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}
