/** How much smaller, or larger, in percent: `92 % smaller`. */
export function shareText(before: number, after: number): string {
  const { percent, isSmaller } = gainOf(before, after)
  return `${percent} ${isSmaller ? 'smaller' : 'larger'}`
}

export function gainOf(
  before: number,
  after: number,
): { readonly percent: string; readonly isSmaller: boolean } {
  const share = before === 0 ? 0 : 1 - after / before
  return { percent: `${Math.round(Math.abs(share) * 100)} %`, isSmaller: share >= 0 }
}
