declare module 'omggif' {
  export class GifReader {
    readonly width: number
    readonly height: number
    constructor(bytes: Uint8Array)
    numFrames(): number
    /** Of the Netscape extension; null without one. */
    loopCount(): number | null
    frameInfo(frame: number): {
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly has_local_palette: boolean
      readonly transparent_index: number | null
      /** In units of 10 milliseconds. */
      readonly delay: number
      readonly disposal: number
    }
    /** Draws over what is there, and leaves it where the frame is transparent. */
    decodeAndBlitFrameRGBA(frame: number, pixels: Uint8Array): void
  }
}
