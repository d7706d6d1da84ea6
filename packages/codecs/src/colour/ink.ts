/**
 * CMYK without a profile to RGB, in place: what each ink lets through, multiplied: R = (255 - C)(255 - K) / 255. The
 * plain conversion of the PostScript reference and of most viewers; a press would look duller.
 */
export function inkToRgb(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const light = 255 - (pixels[at + 3] ?? 0)
    pixels[at] = ((255 - (pixels[at] ?? 0)) * light + 127) / 255
    pixels[at + 1] = ((255 - (pixels[at + 1] ?? 0)) * light + 127) / 255
    pixels[at + 2] = ((255 - (pixels[at + 2] ?? 0)) * light + 127) / 255
    pixels[at + 3] = 255
  }
}
