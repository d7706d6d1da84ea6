// Files of photographs: of the corpus, and of the repository's own.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases, isAccepted, pathOf } from '@sluice/testkit/corpus'
import { photographs as makers } from '@sluice/testkit/pictures'
import { thumb8, thumbDistance } from '@sluice/testkit/thumb8'
import { classify } from '../encoder/classify.mjs'
import { load } from '../encoder/photographs.mjs'
import { encodePng } from '../inputs/encode.mjs'

/** @import { Picture } from '../types.js' */

/** Below this the result is a thumbnail, where headers weigh. */
const LEAST_PIXELS = 50_000
/** Thumbs nearer than this are the same scene in another wrapping. */
const SAME_SCENE = 6

const GROUPS = ['jpeg', 'orientation', 'png', 'webp']
/** Charts, drawings, maps, noise: what is shaded like photographs and is none. */
const CHARTS =
  /wide-gamut|gradient|Diagram|red-at-12|alpha-layer|test-card|mandelbrot|accum|primitive|logo|zune|F-exif|triangle|50020484|stripes|testpngs|dxt1|itxt_chunks|old-style|pil168|tiff_adobe|lossless_images|booleanTest|image-size__|dalai_lama|flowers\.jpeg|exif\.png/

const sharp = createRequire(new URL('../rivals/package.json', import.meta.url))('sharp')
const cache = fileURLToPath(new URL('../.cache', import.meta.url))

/** Each as { name, path }; made ones are written to .cache first. */
export const photographFiles = async () => [...(await fromCorpus()), ...(await made())]

/**
 * Stills of the corpus without alpha that both decoders accept and that are photographs by their pixels; one of each scene.
 */
async function fromCorpus() {
  /** @type {{ thumb: Uint8Array, aspect: number }[]} */
  const seen = []
  const paths = []
  const stills = cases
    .filter(isAccepted)
    .filter(
      ({ group, file, frames, size }) =>
        GROUPS.includes(group) && frames === 1 && size[0] * size[1] >= LEAST_PIXELS && !CHARTS.test(file),
    )
  for (const entry of stills) {
    const path = pathOf(entry)
    const picture = await load(path).catch(() => undefined)
    if (!picture || !(await isPhotograph(path, picture))) continue
    const thumb = thumb8({ ...picture, pixels: picture.rgba })
    const known = seen.some(
      other =>
        other.aspect === picture.width / picture.height && thumbDistance(other.thumb, thumb) <= SAME_SCENE,
    )
    if (known) continue
    seen.push({ thumb, aspect: picture.width / picture.height })
    paths.push({ name: entry.file, path })
  }
  return paths
}

/** By its pixels, and without alpha. @param {string} path @param {Picture} picture */
export async function isPhotograph(path, { rgba, width, height }) {
  return !(await sharp(path).metadata()).hasAlpha && classify(rgba, width, height) === 'photograph'
}

async function made() {
  await mkdir(cache, { recursive: true })
  const inputs = []
  for (const [name, make] of Object.entries(makers)) {
    const path = join(cache, `photograph-${name}.png`)
    if (!existsSync(path)) {
      const { rgba, width, height } = make(2048, 1536)
      await writeFile(
        path,
        await encodePng({ data: new Uint8ClampedArray(rgba.buffer), width, height, colorSpace: 'srgb' }),
      )
    }
    inputs.push({ name: `made/${name}`, path })
  }
  return inputs
}
