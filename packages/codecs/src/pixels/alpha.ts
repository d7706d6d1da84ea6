export function isOpaque(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false
  return true
}

/** Colours times alpha, rounded: what has no alpha has no colour, so it cannot bleed when pixels are mixed. */
export function premultiply(straight: Uint8Array): Uint8Array {
  const out = new Uint8Array(straight.length)
  for (let at = 0; at < out.length; at += 4) {
    const alpha = straight[at + 3] ?? 0
    out[at] = ((straight[at] ?? 0) * alpha + 127) / 255
    out[at + 1] = ((straight[at + 1] ?? 0) * alpha + 127) / 255
    out[at + 2] = ((straight[at + 2] ?? 0) * alpha + 127) / 255
    out[at + 3] = alpha
  }
  return out
}

/** The inverse of `premultiply`, in place. A filter that overshoots can leave a colour above its alpha: it is full then. */
export function unpremultiply(pixels: Uint8Array): Uint8Array {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0
    if (alpha === 255 || alpha === 0) continue
    for (let channel = at; channel < at + 3; channel++)
      pixels[channel] = Math.min(255, Math.round(((pixels[channel] ?? 0) * 255) / alpha))
  }
  return pixels
}

/**
 * Laid over white (Porter and Duff's over), opaque.
 * @param to where it is put: as many bytes
 */
export function onWhite(straight: Uint8Array, to: Uint8Array): Uint8Array {
  for (let at = 0; at < straight.length; at += 4) {
    const alpha = straight[at + 3] ?? 0
    const white = 255 * (255 - alpha) + 127
    for (let channel = at; channel < at + 3; channel++)
      to[channel] = ((straight[channel] ?? 0) * alpha + white) / 255
    to[at + 3] = 255
  }
  return to
}
