// For each photograph and quality of libwebp (method 6), the quantiser index of ours that takes the same bytes, beside
// the activity of the survey: what src/quality.ts is fitted to. One JSON line each.
//
//   node fit-quality.mjs > quality.jsonl
import { encodeLibwebp } from './libwebp.mjs'
import { encodeAtIndex } from './ours.mjs'
import { corpusPaths, load, procedural } from './photographs.mjs'

const QUALITIES = [20, 40, 50, 60, 70, 75, 82, 88, 93, 97]
const INDICES = [0, 2, 4, 7, 10, 14, 18, 22, 27, 33, 40, 50, 65, 85, 110]

/** Index at which ours takes `bytes`, interpolated in the logarithm; clamped to the ends. */
function indexOf(curve, bytes) {
  for (let i = 1; i < curve.length; i++) {
    const [a, b] = [curve[i - 1], curve[i]]
    if (bytes >= b.bytes)
      return (
        a.index +
        ((b.index - a.index) * Math.log(a.bytes / Math.min(bytes, a.bytes))) / Math.log(a.bytes / b.bytes)
      )
  }
  return INDICES.at(-1)
}

const effort = Number(process.argv[2] ?? 6)
async function* photographs() {
  yield* procedural()
  for (const path of corpusPaths()) yield load(path)
}
for await (const picture of photographs()) {
  const curve = []
  let activity
  for (const index of INDICES) {
    const result = encodeAtIndex(picture, { index, effort })
    activity = result.activity
    curve.push({ index, bytes: result.bytes.length })
  }
  for (const quality of QUALITIES) {
    const bytes = (await encodeLibwebp(picture, { quality, method: 6 })).length
    const slope = Math.log(curve[4].bytes / curve[8].bytes) / (curve[8].index - curve[4].index)
    console.log(
      JSON.stringify({
        name: picture.name,
        quality,
        index: indexOf(curve, bytes),
        slope,
        pixels: picture.width * picture.height,
        bytes,
        activity,
      }),
    )
  }
}
