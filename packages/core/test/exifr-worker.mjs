// exifr beside us, never on the road: some files make it loop for ever or take gigabytes, so it has a thread and a
// heap of its own, which the test ends.
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import exifr from 'exifr'

const orientations = []
for (const path of workerData)
  orientations.push(await exifr.orientation(readFileSync(path)).catch(() => undefined))
parentPort.postMessage(orientations)
