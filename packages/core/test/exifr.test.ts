import { Worker } from 'node:worker_threads'
import { bytesOf, cases, corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { describe, expect, it } from 'vitest'
import { metadataFields, readImageMetadata } from '../src/formats/image-metadata.js'
import { sniffFormat } from '../src/formats/signatures.js'
import { read } from './read.js'

interface Answer {
  readonly orientation?: number
  readonly fields?: { readonly Make?: string; readonly Model?: string; readonly DateTimeOriginal?: string }
  readonly place?: { readonly latitude?: number; readonly longitude?: number }
}

/** What exifr makes of the files, or an error when it takes longer than 30 s or more than 256 MiB. */
function askExifr(paths: readonly string[]): Promise<readonly Answer[]> {
  const worker = new Worker(new URL('./exifr-worker.mjs', import.meta.url), {
    workerData: paths,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  return new Promise<readonly Answer[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('exifr hangs')), 30_000)
    worker.once('error', reject)
    worker.once('message', answer => {
      clearTimeout(timer)
      resolve(answer)
    })
  }).finally(() => worker.terminate())
}

const files = cases
  .filter(({ group, expect }) => expect === 'accept' && (group === 'orientation' || group === 'jpeg'))
  .filter(entry => sniffFormat(bytesOf(entry)) === 'jpeg')

describe.runIf(corpusIsHere)('exifr', () => {
  it('reads the same orientations', async () => {
    expect(files).toHaveLength(225)
    const theirs = await askExifr(files.map(pathOf))
    const differing = files.flatMap((entry, index) => {
      const ours = read('jpeg', bytesOf(entry)).orientation
      // It gives numbers as they stand; 0 and 9 are no orientations.
      const their = theirs[index]?.orientation ?? 1
      return ours === (their >= 1 && their <= 8 ? their : 1) ? [] : [`${entry.file}: ${ours}, exifr ${their}`]
    })
    expect(differing).toEqual([])
  })

  it('reads the same cameras, dates and places', async () => {
    const theirs = await askExifr(files.map(pathOf))
    const seen = { camera: 0, takenAt: 0, location: 0 }
    const differing = files.flatMap(({ file, ...entry }, index) => {
      const bytes = bytesOf({ file, ...entry })
      const ours = readImageMetadata(bytes, read('jpeg', bytes), metadataFields) ?? {}
      const { fields = {}, place } = theirs[index] ?? {}
      for (const name of ['camera', 'takenAt', 'location'] as const) if (ours[name]) seen[name]++
      const date = fields.DateTimeOriginal?.replace(/^(\d{4}):(\d\d):(\d\d) /, '$1-$2-$3T').replace(
        /[\0 ]+$/,
        '',
      )
      const same = {
        camera:
          !ours.camera ||
          ours.camera.endsWith((fields.Model ?? fields.Make ?? '?').replace(/\0.*$/s, '').trim()),
        date: !ours.takenAt || ours.takenAt.startsWith(date ?? '?'),
        place:
          !ours.location ||
          (Math.abs(ours.location.latitude - Number(place?.latitude)) < 1e-5 &&
            Math.abs(ours.location.longitude - Number(place?.longitude)) < 1e-5),
        // Without a reference nobody knows the hemisphere; exifr takes north and east.
        camerasFound: !(fields.Model ?? fields.Make) || ours.camera !== undefined,
        missed: !place?.latitude || ours.location !== undefined || file.includes('image-blob-reduce'),
      }
      return Object.values(same).every(Boolean) ? [] : [`${file}: ${JSON.stringify({ ours, fields, place })}`]
    })
    expect(differing).toEqual([])
    expect(seen).toEqual({ camera: 12, takenAt: 12, location: 1 })
  })
})
