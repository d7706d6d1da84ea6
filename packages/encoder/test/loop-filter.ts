// The decoder's loop filter (RFC 6386, section 15), plainly written, to know what decoders must show.

export interface Plane {
  readonly data: Uint8Array
  readonly stride: number
}

export interface Frame {
  readonly columns: number
  readonly rows: number
  readonly y: Plane
  readonly u: Plane
  readonly v: Plane
}

export interface MacroblockFilter {
  readonly level: number
  /** Edges inside the macroblock are filtered too: it has levels, or is predicted by subblocks. */
  readonly inner: boolean
}

const clamp = (v: number) => Math.max(-128, Math.min(127, v))

/** The eight pixels across an edge: p3 p2 p1 p0 | q0 q1 q2 q3, as signed values. */
class Segment {
  private readonly values: number[]
  constructor(
    private readonly data: Uint8Array,
    private readonly at: number,
    private readonly step: number,
  ) {
    this.values = Array.from({ length: 8 }, (_, i) => (data[at + (i - 4) * step] ?? 0) - 128)
  }
  private get(i: number): number {
    return this.values[i] ?? 0
  }
  private add(i: number, delta: number): void {
    this.data[this.at + (i - 4) * this.step] = clamp(this.get(i) + delta) + 128
  }
  /** Section 15.3: the edge is no sharper than blocking makes it. */
  filtered(edge: number, interior: number): boolean {
    const steps = [0, 1, 2, 4, 5, 6].every(i => Math.abs(this.get(i) - this.get(i + 1)) <= interior)
    return (
      steps && Math.abs(this.get(3) - this.get(4)) * 2 + (Math.abs(this.get(2) - this.get(5)) >> 1) <= edge
    )
  }
  highVariance(threshold: number): boolean {
    return Math.abs(this.get(2) - this.get(3)) > threshold || Math.abs(this.get(5) - this.get(4)) > threshold
  }
  private adjust(outer: boolean): number {
    const a = clamp((outer ? clamp(this.get(2) - this.get(5)) : 0) + 3 * (this.get(4) - this.get(3)))
    const up = clamp(a + 4) >> 3
    this.add(4, -up)
    this.add(3, clamp(a + 3) >> 3)
    return up
  }
  subblock(threshold: number): void {
    const high = this.highVariance(threshold)
    const a = (this.adjust(high) + 1) >> 1
    if (high) return
    this.add(5, -a)
    this.add(2, a)
  }
  macroblock(threshold: number): void {
    if (this.highVariance(threshold)) {
      this.adjust(true)
      return
    }
    const w = clamp(clamp(this.get(2) - this.get(5)) + 3 * (this.get(4) - this.get(3)))
    for (const [distance, weight] of [27, 18, 9].entries()) {
      const a = clamp((weight * w + 63) >> 7)
      this.add(4 + distance, -a)
      this.add(3 - distance, a)
    }
  }
}

/** Filters a whole reconstructed frame in place, macroblock by macroblock. */
export function loopFilter(
  frame: Frame,
  sharpness: number,
  filterOf: (mx: number, my: number) => MacroblockFilter,
): void {
  for (let my = 0; my < frame.rows; my++) {
    for (let mx = 0; mx < frame.columns; mx++) {
      const { level, inner } = filterOf(mx, my)
      if (level === 0) continue
      let interior = sharpness ? Math.min(level >> (sharpness > 4 ? 2 : 1), 9 - sharpness) : level
      interior ||= 1
      const threshold = level >= 40 ? 2 : level >= 15 ? 1 : 0
      const limits = {
        interior,
        threshold,
        macroblock: (level + 2) * 2 + interior,
        subblock: level * 2 + interior,
      }
      for (const across of [true, false]) {
        const first = across ? mx > 0 : my > 0
        for (const [plane, size] of [
          [frame.y, 16],
          [frame.u, 8],
          [frame.v, 8],
        ] as const) {
          const origin = my * size * plane.stride + mx * size
          for (let offset = first ? 0 : 4; offset < (inner ? size : 1); offset += 4) {
            const [along, step] = across ? [plane.stride, 1] : [1, plane.stride]
            for (let i = 0; i < size; i++) {
              const segment = new Segment(plane.data, origin + offset * step + i * along, step)
              if (!segment.filtered(offset ? limits.subblock : limits.macroblock, limits.interior)) continue
              if (offset) segment.subblock(limits.threshold)
              else segment.macroblock(limits.threshold)
            }
          }
        }
      }
    }
  }
}
