/** The transfer function of sRGB (IEC 61966-2-1), from 0..1 as stored to 0..1 of light. */
export const toLight = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

/** The inverse of `toLight`. */
export const fromLight = (light: number) =>
  light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055
