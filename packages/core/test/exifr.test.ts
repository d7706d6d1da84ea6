import { Worker } from 'node:worker_threads'
import { bytesOf, cases, corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { describe, expect, it } from 'vitest'
import { sniffFormat } from '../src/formats/signatures.js'
import { read } from './read.js'

/** What exifr makes of the files, or an error when it takes longer than 30 s or more than 256 MiB. */
function askExifr(paths: readonly string[]): Promise<readonly (number | undefined)[]> {
  const worker = new Worker(new URL('./exifr-worker.mjs', import.meta.url), {
    workerData: paths,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  return new Promise<readonly (number | undefined)[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('exifr hangs')), 30_000)
    worker.once('error', reject)
    worker.once('message', answer => {
      clearTimeout(timer)
      resolve(answer)
    })
  }).finally(() => worker.terminate())
}

describe.runIf(corpusIsHere)('exifr', () => {
  it('reads the same orientations', async () => {
    // Arithmetic coding is refused before an orientation matters.
    const files = cases
      .filter(({ group, expect }) => expect === 'accept' && (group === 'orientation' || group === 'jpeg'))
      .filter(entry => sniffFormat(bytesOf(entry)) === 'jpeg')
      .filter(({ file }) => !file.endsWith('testimgari.jpg'))
    expect(files).toHaveLength(224)
    const theirs = await askExifr(files.map(pathOf))
    const differing = files.flatMap((entry, index) => {
      const ours = read('jpeg', bytesOf(entry)).orientation
      // It gives numbers as they stand; 0 and 9 are no orientations.
      const their = theirs[index] ?? 1
      return ours === (their >= 1 && their <= 8 ? their : 1) ? [] : [`${entry.file}: ${ours}, exifr ${their}`]
    })
    expect(differing).toEqual([])
  })
})
