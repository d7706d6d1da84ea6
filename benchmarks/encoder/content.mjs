// What the classifier's errors cost. For every still picture of the corpus (and the repository's own), both encoders at
// equal bytes, the size without loss, and the features; one JSON line each.
//
//   node content.mjs > content.jsonl
import { cases, isAccepted, pathOf } from '@sluice/testkit/corpus'
import * as made from '@sluice/testkit/pictures'
import { texture } from './classify.mjs'
import { encodeLibwebp } from './libwebp.mjs'
import { difference, libwebpCurve, ourCurve } from './measure.mjs'
import { crop, load } from './photographs.mjs'

const LEAST = 100

async function* corpus() {
  const seen = new Set()
  for (const c of cases.filter(isAccepted)) {
    if (!/\.(jpe?g|png|webp|gif)$/i.test(c.file) || Math.min(...c.size) < LEAST) continue
    if (seen.has(c.thumb8)) continue
    seen.add(c.thumb8)
    try {
      yield { ...crop(await load(pathOf(c)), 640), name: c.file }
    } catch (error) {
      console.error(c.file, String(error))
    }
  }
}

async function* all() {
  for (const [name, make] of Object.entries({ ...made.photographs, ...made.graphics })) {
    for (const seed of [1, 2]) yield { name: `made/${name}-${seed}`, ...make(400, 300, seed) }
  }
  yield* corpus()
}

for await (const picture of all()) {
  const reference = await libwebpCurve(picture)
  const bd = difference(reference, await ourCurve(picture))
  const lossless = (await encodeLibwebp(picture, { lossless: 1, quality: 75, method: 4 })).length
  const { width, height, rgba } = picture
  console.log(
    JSON.stringify({
      name: picture.name,
      width,
      height,
      ...texture(rgba, width, height),
      bd,
      q82: reference[2].bytes,
      lossless,
    }),
  )
}
