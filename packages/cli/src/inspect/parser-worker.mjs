// Runs one foreign parser over the bytes of one file, in a thread that its parent ends. Plain JavaScript, because it is
// loaded by its address, from the sources as well as from dist.
import { syncBuiltinESMExports } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import zlib from 'node:zlib'

const exifOptions = { tiff: true, exif: true, gps: true, icc: false, iptc: false, xmp: false, jfif: false }
const exifFields = [
  'Make',
  'Model',
  'Software',
  'Artist',
  'Copyright',
  'DateTimeOriginal',
  'CreateDate',
  'ModifyDate',
  'latitude',
  'longitude',
]

const parsers = {
  async 'file-type'() {
    const { fileTypeFromBuffer } = await import('file-type')
    return async bytes => {
      const { ext, mime } = (await fileTypeFromBuffer(bytes)) ?? {}
      return { extension: ext, type: mime }
    }
  },
  async exifr() {
    // It inflates the profile of a PNG whole, also where none is wanted; buffers are outside of the heap's limit.
    zlib.inflateSync = () => {
      throw new RangeError('not inflated here')
    }
    syncBuiltinESMExports()
    const { default: exifr } = await import('exifr')
    return async bytes => {
      const found = (await exifr.parse(bytes, exifOptions)) ?? {}
      return Object.fromEntries(exifFields.flatMap(name => fieldOf(name, found[name])))
    }
  },
}

/** Values as short text; what is nested is left out. */
function fieldOf(name, value) {
  if (value instanceof Date) return [[name, Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()]]
  return ['string', 'number'].includes(typeof value) ? [[name, String(value).slice(0, 200)]] : []
}

const parse = await parsers[workerData]()
parentPort.once('message', async bytes => {
  try {
    parentPort.postMessage({ found: await parse(bytes) })
  } catch (thrown) {
    parentPort.postMessage({ problem: String(thrown?.message ?? thrown).slice(0, 200) })
  }
})
parentPort.postMessage({ ready: true })
