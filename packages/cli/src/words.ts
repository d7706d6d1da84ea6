/** `81605` as `81,605`, whatever the locale of the machine. */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** "1 frame", "2 frames". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** `2673000` as "2.67 MB": three digits, powers of 1000, as a person reads them. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${shorten(bytes / 1000 ** power)} ${bytes === 1 ? 'byte' : units[power]}`
}

/** `141.2` as "141 ms", `90000` as "1.5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${shorten(ms)} ms`
  if (ms < 60_000) return `${shorten(ms / 1000)} s`
  return ms < 3_600_000 ? `${shorten(ms / 60_000)} min` : `${shorten(ms / 3_600_000)} h`
}

/** `0.883` as "88 %"; what is not all is never told as all, nor what is something as nothing. */
export function percent(part: number): string {
  const rounded = Math.round(part * 100)
  if (rounded === 100 && part < 1) return 'over 99 %'
  return rounded === 0 && part > 0 ? 'under 1 %' : `${rounded} %`
}

function shorten(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}
