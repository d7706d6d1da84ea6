/** `81605` as `81,605`, whatever the locale of the machine. */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** "1 frame", "2 frames". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}
