import { useState } from 'preact/hooks'

interface Props {
  readonly before: string
  readonly after: string
  /** Of what came out, in pixels. */
  readonly width: number
  readonly height: number
}

/** Pixels of the screen for one of the picture, and how far a key moves, in parts of the picture. */
const zoom = 3
const step = 0.02

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
}

const within = (value: number) => Math.min(1, Math.max(0, value))

/** Two round glasses over the same spot, one before and one after. Pointer and arrow keys move them. */
export function Lens({ before, after, width, height }: Props) {
  const [[x, y], move] = useState<readonly [number, number]>([0.5, 0.5])
  const where = `${Math.round(x * width)}, ${Math.round(y * height)}`
  return (
    <div
      class="lens-field"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move it, as they do a map.
      tabIndex={0}
      aria-label="Magnifier: arrow keys move it"
      style={{ '--x': x, '--y': y, '--zoom-wide': `${width * zoom}px`, '--zoom-high': `${height * zoom}px` }}
      onPointerMove={({ currentTarget, clientX, clientY }) => {
        const { left, top, width, height } = currentTarget.getBoundingClientRect()
        move([within((clientX - left) / width), within((clientY - top) / height)])
      }}
      onKeyDown={event => {
        const by = moves[event.key]
        if (!by) return
        event.preventDefault()
        move([within(x + by[0]), within(y + by[1])])
      }}
    >
      <div class="lens">
        <i style={{ backgroundImage: `url(${before})` }} />
        <i style={{ backgroundImage: `url(${after})` }} />
        <span>before</span>
        <span>after</span>
      </div>
      <span class="unseen" role="status">
        {zoom} times around {where}
      </span>
    </div>
  )
}
