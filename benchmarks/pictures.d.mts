/** RGBA, 8 bits, straight alpha, row-major. */
export interface MadePicture {
  width: number
  height: number
  rgba: Uint8Array<ArrayBuffer>
}
export type Maker = (width: number, height: number, seed?: number) => MadePicture
export function random(seed: number): () => number
export const photographs: Record<string, Maker>
export const graphics: Record<string, Maker>
export const foliage: Maker
