import { defaultRenderer } from '@sluice/codecs'
import { jsquashRenderer } from '@sluice/codecs/jsquash'
import { definePolicy, planRendering, readHeader, sanitize, sniffFormat, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { memoryStore } from '@sluice/stores'

/** Of codecs that hold whole pictures. */
const wholePictures = { memoryMb: 512 }
/**
 * Every limit of probe as far away as a policy can put it; the budgets of time, work and memory as they are.
 */
const wideOpen = definePolicy({
  maxBytes: 2 ** 30,
  maxPixels: 2 ** 30,
  maxTotalPixels: 2 ** 32,
  maxFrames: 100_000,
  maxScans: 10_000,
  maxMetadataBytes: 2 ** 30,
})

/** What a file says of itself that cannot be read at all, and what a thumbnail does. */
const photo = { width: 4000, height: 3000, scans: 10 }
const thumbnail = { width: 64, height: 64, scans: 1 }

/** The renderers that can take them, by name. */
const renderers = { kernel: defaultRenderer, jsquash: jsquashRenderer }

/** Ways to take a file. @param {keyof typeof renderers} name */
export function takesBy(name) {
  const renderer = renderers[name]()
  const memory = name === 'jsquash' ? wholePictures : {}
  const policy = definePolicy(memory)
  const raised = definePolicy({ ...wideOpen, ...memory })

  async function walk({ name, bytes }, policy) {
    return describe(await sanitize({ body: bytes, name }, { policy, renderer, store: memoryStore() }))
  }

  async function render(bytes, header, budget = {}) {
    const format = sniffFormat(bytes)
    if (!renderer.reads.includes(format)) return 'not for this renderer'
    const source = { bytes, format, name: '', extension: format, notes: [], header }
    const plan = planRendering(header, raised)
    const limits = { ...plan.budget, ...budget }
    const { renditions } = await renderer.render(source, { ...plan, budget: limits })
    return renditions.map(describe).join()
  }

  return {
    /** The whole pipeline with the default policy. */
    pipeline: file => verdictOf(() => walk(file, policy)),
    /**
     * Probe stands wide open, and where even that refuses, is left out: the renderer draws what the header
     * says.
     */
    raised: file =>
      verdictOf(() =>
        isAdmitted(file.bytes) ? walk(file, raised) : render(file.bytes, headerOf(file.bytes)),
      ),
    /** The renderer alone, which is told that the file is a thumbnail. */
    liar: file => verdictOf(() => render(file.bytes, madeUp(file.bytes, thumbnail))),
    /** The renderer alone, with a thousandth of the fuel that the image is priced at. */
    starved: file => verdictOf(() => render(file.bytes, headerOf(file.bytes), { headroom: 0.001 })),
  }
}

const describe = ({ format, width, height, frames }) => `${format} ${width}x${height}, ${frames} frames`

function isAdmitted(bytes) {
  try {
    return sniffFormat(bytes) === undefined || readHeader(sniffFormat(bytes), new ByteReader(bytes), wideOpen)
  } catch {
    return false
  }
}

/** What the header says, however large; what cannot be read at all is called a photo. */
function headerOf(bytes) {
  try {
    return readHeader(sniffFormat(bytes), new ByteReader(bytes), { maxPixels: Number.MAX_SAFE_INTEGER })
  } catch {
    return madeUp(bytes, photo)
  }
}

const madeUp = (bytes, { width, height, scans }) => ({
  format: sniffFormat(bytes),
  width,
  height,
  orientation: 6,
  frames: 1,
  durationMs: 0,
  plays: 1,
  totalPixels: width * height,
  bitDepth: 8,
  colour: 'rgb',
  alpha: false,
  interlaced: false,
  scans,
  metadataBytes: 0,
  iccBytes: 0,
  icc: [],
  exifBytes: 0,
  trailingBytes: 0,
  repairs: [],
})

async function verdictOf(work) {
  try {
    return { ok: true, verdict: await work() }
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) return { ok: false, verdict: `not an UploadError: ${thrown}` }
    const { code, status, stage, detail } = thrown
    return { ok: false, verdict: code, status, stage, detail }
  }
}
