import { riff } from './container.js'
import type { EncoderInstance } from './instance.js'
import { type NotEncoded, notEncoded, requireEffort, requirePixels } from './outcomes.js'
import type { Picture } from './picture.js'

export interface LosslessOptions {
  /** 0 (fast) to 6 (small). Default 6. */
  readonly effort?: number
  /**
   * Bytes above which the file is of no use: what a quick look says takes clearly more is not encoded, `too-large`.
   * What was encoded may still have more. Default: no limit.
   */
  readonly below?: number | undefined
}

/** Ways of coding that are tried in full, by effort; at the highest all, of pictures of fewer pixels than these. */
const MOST_WAYS = [1, 1, 1, 1, 1, 2, 3]
const MOST_EFFORT = 6
const TINY_PIXELS = 4096
/** Of those that come near to the best in the comparison, and of the other kind: nearer where it takes long. */
const SLACK = { ways: 1.1, bits: 400, other: 1.3 }
const SLACK_OF_LARGE = { ways: 1.02, bits: 600, other: 1.08 }
const LARGE_PIXELS = 1 << 17
/**
 * Pictures with fewer bits for each pixel have nothing to predict, nor have those of so few bits that a predictor
 * would take as many; between them every byte counts. Tiny ones take no time.
 */
const BARE = { each: 0.06, atLeast: 1600, atMost: 512, pixels: 4096 }
/** Where the first way that predicts takes so many times the bits of those that do not, no other is looked at. */
const HOPELESS = 2

/**
 * How much more than allowed a quick look may say: it tries less, and on a sample it does not see what is copied from
 * between the strips. It says 0.92 to 1.09 of what coding takes, on a sample 1.1 to 1.5.
 */
const SLACK_OF_LOOK = { whole: 1.1, sample: 1.7 }

/** In place of an effort: a quick look. */
const QUICK = -1

/** Alpha that takes a smaller share of the lossy frame is not worth any effort. */
const TRIFLE = 0.1

/** Which bit of a way says that pixels are predicted, and that colours are, which is the first of those on colours. */
const PREDICT = 4
const CROSS = 8

interface Way {
  readonly way: number
  readonly bits: number
  readonly predicts: boolean
}

/** Whether what takes so few bits unpredicted is not worth predicting. */
function isBare(bits: number, pixels: number): boolean {
  if (bits > BARE.atLeast) return bits < pixels * BARE.each
  return bits <= BARE.atMost && pixels > BARE.pixels
}

/** The first of those in order, and the first of the other kind: comparisons are fair within a kind only. */
function likeliest(ways: readonly Way[], most: number, pixels: number): readonly Way[] {
  const slack = pixels > LARGE_PIXELS ? SLACK_OF_LARGE : SLACK
  const least = ways[0]?.bits ?? 0
  const near = ways.slice(0, most).filter(({ bits }) => bits <= least * slack.ways + slack.bits)
  const other = ways.find(
    ({ predicts, bits }) => predicts !== near[0]?.predicts && bits <= least * slack.other,
  )
  return most === 1 || !other || near.includes(other) ? near : [...near.slice(0, most - 1), other]
}

/** Ways are compared on so many pixels, in strips of whole rows from all over the picture: below effort 5 on fewer. */
const SAMPLED = { most: 1 << 16, least: 1 << 13, share: 1 / 16 }
const STRIPS = 8

function sampleOf(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  effort: number,
): Uint8Array | Uint8ClampedArray {
  const few = Math.max(SAMPLED.least, width * height * SAMPLED.share)
  const pixels = effort < 5 ? Math.min(SAMPLED.most, few) : SAMPLED.most
  const rows = Math.max(1, Math.floor(pixels / STRIPS / width))
  if (rows * STRIPS >= height) return rgba
  const sample = new Uint8Array(rows * STRIPS * width * 4)
  for (let i = 0; i < STRIPS; i++) {
    const top = Math.floor(((i + 0.5) * height) / STRIPS - rows / 2)
    sample.set(rgba.subarray(top * width * 4, (top + rows) * width * 4), i * rows * width * 4)
  }
  return sample
}

/**
 * RGBA (8 bits, straight alpha, row-major, tightly packed) to a still lossless WebP (VP8L, RFC 9649, section
 * 3). Every pixel is kept, colours under alpha 0 too.
 *
 * @throws RangeError when `rgba` is not width * height * 4 bytes long or an option is outside its range.
 */
export function encodeLossless(
  instance: EncoderInstance,
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  { effort = 6, below = Number.POSITIVE_INFINITY }: LosslessOptions = {},
): Uint8Array | NotEncoded | 'too-large' {
  requirePixels(rgba, width, height)
  requireEffort(effort)
  const image = losslessImage(instance, { rgba, width, height }, { effort, below })
  return typeof image === 'string' ? image : riff([{ code: 'VP8L', pieces: [image] }])
}

interface ImageOptions {
  readonly effort: number
  readonly below: number
  /** Of the lossy frame beside which alpha alone is coded, in bytes. */
  readonly frameBytes?: number
}

/**
 * The image of a VP8L chunk, or of its alpha what an ALPH chunk has in its place. It stands in the
 * instance's memory. The pixels enter that anew for each way of coding that is tried.
 */
export function losslessImage(
  instance: EncoderInstance,
  { rgba, width, height }: Picture,
  { effort, below, frameBytes }: ImageOptions,
): Uint8Array | NotEncoded | 'too-large' {
  const { exports, memory } = instance
  const opened = exports.openLossless(width, height, effort, frameBytes === undefined ? 0 : 1)
  if (opened) return notEncoded(opened)
  give(instance, rgba)
  const ways = exports.surveyLossless()
  const sample = sampleOf(rgba, width, height, effort)
  const rows = sample.length / (width * 4)
  const isThorough = effort === MOST_EFFORT && width * height <= LARGE_PIXELS
  const quick = lookAtWays(instance, ways, { rgba: sample, width, height: rows }, isThorough)
  const slack = rows < height ? SLACK_OF_LOOK.sample : SLACK_OF_LOOK.whole
  const expected = ((quick[0]?.bits ?? 0) * height) / rows / 8
  if (expected > below * slack) return 'too-large'
  const most = effort === MOST_EFFORT && width * height < TINY_PIXELS ? ways : (MOST_WAYS[effort] ?? 1)
  const likely = likeliest(quick, most, width * height)
  const isTrifle = frameBytes !== undefined && expected < TRIFLE * frameBytes
  const attempt = (way: number) => {
    give(instance, rgba)
    return exports.tryLossless(way, height, isTrifle ? 0 : effort)
  }
  // The likeliest is last, and mostly the best: then it need not be done again.
  let [last, best, fewest] = [-1, -1, Number.POSITIVE_INFINITY]
  for (const { way } of [...likely].reverse()) {
    const bits = attempt(way)
    last = way
    if (bits > fewest) continue
    best = way
    fewest = bits
  }
  if (best !== last) attempt(best)
  const status = exports.finishLossless()
  if (status) return notEncoded(status)
  return new Uint8Array(memory.buffer, exports.losslessAddress(), exports.losslessBytes())
}

function give({ exports, memory }: EncoderInstance, rgba: Picture['rgba']): void {
  new Uint8Array(memory.buffer).set(rgba, exports.losslessPixels())
}

/**
 * The ways in the order of the bits that they take of a sample, without those that are hopeless. A thorough look is at
 * what predicts of a bare picture too, as long as that gains anything.
 */
function lookAtWays(
  instance: EncoderInstance,
  ways: number,
  { rgba, width, height }: Picture,
  isThorough: boolean,
): readonly Way[] {
  const { exports } = instance
  const looks: Way[] = []
  let least = Number.POSITIVE_INFINITY
  let isPromising = isThorough
  for (let way = 0; way < ways; way++) {
    const predicts = (exports.wayOf(way) & PREDICT) !== 0
    if (predicts && !isPromising && isBare(least, width * height)) break
    give(instance, rgba)
    const bits = exports.tryLossless(way, height, QUICK)
    if (predicts) isPromising &&= bits < least
    else least = Math.min(least, bits)
    looks.push({ way, bits, predicts })
    if ((exports.wayOf(way) & CROSS) !== 0 && bits > HOPELESS * least && width * height > BARE.pixels) break
  }
  return looks.sort((a, b) => a.bits - b.bits)
}
