const units: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  MB: 1_000_000,
  GB: 1_000_000_000,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
}

/** Bytes of `'8 MiB'`, `'500 kB'` or `'1.5MB'` (IEC 80000-13 units); undefined where it is not a size. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([kKMG]?i?B)$/.exec(text)
  const factor = units[match?.[2] ?? '']
  return match && factor ? Math.floor(Number(match[1]) * factor) : undefined
}

/** `8388608` as `8 MiB`: the largest binary unit that leaves at most two decimals. */
export function formatByteSize(bytes: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB'] as const) {
    const amount = bytes / (units[unit] ?? 1)
    if (amount >= 1) return `${Number(amount.toFixed(2))} ${unit}`
  }
  return `${bytes} B`
}
