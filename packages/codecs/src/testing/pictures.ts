import { type Orientation, type PolicyInput, type Renderer, sniffFormat } from '@sluice/core'
import type { Picture } from '../codec.js'
import { BLOCK, blocks } from './blocks.js'
import { blockDistance, draw, type Examination, formatsOf, makers, messageOf, storedAs } from './exam.js'
import { firstFrame } from './first-frame.js'

/** Lossy coding of flat blocks stays below; a wrong channel, turn or gamma is far above. */
const TOLERANCE = 24
const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

/** Every format that is read comes out with its colours. */
export const roundTrips: Examination = renderer =>
  collect(formatsOf(renderer), format => compare(renderer, format, makers[format](blocks()), blocks()))

/** All eight EXIF orientations come out upright. GIF knows none. */
export const orientationsApplied: Examination = renderer =>
  collect(
    formatsOf(renderer).filter(format => format !== 'gif'),
    format =>
      collect(orientations, orientation => {
        const file = makers[format](storedAs(blocks(), orientation), orientation)
        return compare(renderer, `${format} with orientation ${orientation}`, file, blocks())
      }),
  )

/** Transparent stays transparent, and its hidden colour does not bleed into what is seen. */
export const transparencyKept: Examination = renderer =>
  collect(
    formatsOf(renderer).filter(format => format === 'png' || format === 'webp'),
    async format => {
      const width = 32
      const pixels = new Uint8Array(4 * width * width)
      // Left white and opaque, right black and invisible.
      for (let at = 0; at < pixels.length; at += 4) if ((at / 4) % width < 15) pixels.fill(255, at, at + 4)
      const file = makers[format]({ width, height: width, pixels })
      const [picture] = await drawn(renderer, file, { output: { maxWidth: 16, quality: 100 } })
      if (!picture) return []
      const seen = Array.from({ length: 16 * 16 }, (_, index) =>
        picture.pixels.subarray(4 * index, 4 * index + 4),
      )
      const clear = (seen[12]?.[3] ?? 255) < 16 && (seen[2]?.[3] ?? 0) > 239
      const halo = seen.some(([red = 0, , , alpha = 0]) => alpha > 64 && red < 192)
      return [
        ...(clear ? [] : [`${format}: transparency is lost`]),
        ...(halo
          ? [`${format}: a dark edge around what is opaque: colours must be multiplied by alpha to resize`]
          : []),
      ]
    },
  )

/** What is too fine for the output is mixed, not picked: single black and white pixels become grey. */
export const antialiased: Examination = renderer =>
  collect(
    formatsOf(renderer).filter(format => format === 'png' || format === 'webp'),
    async format => {
      const width = 64
      const pixels = new Uint8Array(4 * width * width).map((_, at) => {
        const place = at >> 2
        return at % 4 === 3 || (place + Math.floor(place / width)) % 2 === 0 ? 255 : 0
      })
      const file = makers[format]({ width, height: width, pixels })
      const [picture] = await drawn(renderer, file, { output: { maxWidth: 16 } })
      const grey = picture?.pixels.every((value, at) => at % 4 === 3 || (value > 96 && value < 200)) ?? true
      return grey ? [] : [`${format}: shrinks by picking pixels, which makes patterns that are not there`]
    },
  )

/** Outputs come in their order, of their names, exactly as large as planned. */
export const plannedSizes: Examination = renderer =>
  collect(formatsOf(renderer), async format => {
    const variants = {
      odd: { maxWidth: 7, maxHeight: 100 },
      square: { maxWidth: 5, maxHeight: 5, fit: 'cover' },
      whole: { maxWidth: 1600 },
    } as const
    const wanted = { main: [16, 24], odd: [7, 11], square: [5, 5], whole: [16, 24] } as const
    const { renditions } = await draw(renderer, makers[format](blocks()), { variants })
    const names = renditions.map(rendition => rendition.name).join(', ')
    if (names !== Object.keys(wanted).join(', '))
      return [`${format}: planned were ${Object.keys(wanted).join(', ')}, made were ${names}`]
    return collect(renditions, async ({ name, bytes, width, height }) => {
      const { width: realWidth, height: realHeight } = await firstFrame(bytes)
      const size = `${width}x${height} (in the file ${realWidth}x${realHeight})`
      const [wantedWidth, wantedHeight] = wanted[name as keyof typeof wanted]
      return size === `${wantedWidth}x${wantedHeight} (in the file ${wantedWidth}x${wantedHeight})`
        ? []
        : [`${format}: ${name} was planned ${wantedWidth}x${wantedHeight}, came as ${size}`]
    })
  })

async function compare(renderer: Renderer, what: string, file: Uint8Array, wanted: Picture) {
  const [picture, problem] = await drawn(renderer, file)
  if (!picture) return [`${what}: ${problem}`]
  const distance = blockDistance(picture, wanted, BLOCK)
  return distance <= TOLERANCE ? [] : [`${what}: colours are off by ${distance}`]
}

async function drawn(
  renderer: Renderer,
  file: Uint8Array,
  settings: PolicyInput = {},
): Promise<[Picture | undefined, string]> {
  try {
    const [rendition] = (await draw(renderer, file, settings)).renditions
    if (!rendition || sniffFormat(rendition.bytes) !== 'webp') return [undefined, 'no WebP came out']
    return [await firstFrame(rendition.bytes), '']
  } catch (thrown) {
    return [undefined, `a good file was refused: ${messageOf(thrown)}`]
  }
}

async function collect<Item>(
  items: readonly Item[],
  examine: (item: Item) => Promise<readonly string[]>,
): Promise<string[]> {
  const problems: string[] = []
  for (const item of items) problems.push(...(await examine(item)))
  return problems
}
