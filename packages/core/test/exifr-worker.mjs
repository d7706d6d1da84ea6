// exifr beside us, never in the pipeline: some files make it loop for ever or take gigabytes, so it has a thread and a
// heap of its own, which the test ends.
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import exifr from 'exifr'

const fields = { pick: ['Make', 'Model', 'DateTimeOriginal'], reviveValues: false }
const answers = []
for (const path of workerData) {
  const file = readFileSync(path)
  answers.push({
    orientation: await exifr.orientation(file).catch(() => undefined),
    fields: await exifr.parse(file, fields).catch(() => undefined),
    place: await exifr.gps(file).catch(() => undefined),
  })
}
parentPort.postMessage(answers)
