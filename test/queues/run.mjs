/*
 * What takes too long for the tests, with its result in results/:
 *   node test/queues/run.mjs exactly-once [uploads]   2,000 uploads on four workers that are killed, stopped, cut off
 *   node test/queues/run.mjs speed-up [images]        one worker process against two, one render thread each
 * The second wants a machine that does nothing else, and the corpus (npm run corpus). Packages must be built. Exit
 * code 1: not what was asked of it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { pathOf } from '@sluice/testkit/corpus'
import { build } from 'esbuild'

const here = new URL('.', import.meta.url)
const [what = '', count] = process.argv.slice(2)

/** @param {string} name of a TypeScript source beside this file */
async function load(name) {
  // Beside the sources, so that packages are found from there.
  const outfile = fileURLToPath(new URL(`build/${name}.mjs`, here))
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, here))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  return import(pathToFileURL(outfile).href)
}

const worker = new URL('worker.mjs', here)
const runs = {
  async 'exactly-once'() {
    const { exactlyOnce } = await load('exactly-once')
    const experiment = { uploads: Number(count ?? 2000), workers: 4, seed: 7, disasters: 12 }
    return { ...experiment, ...(await exactlyOnce({ ...experiment, worker })) }
  },
  async 'speed-up'() {
    const { oneMachine } = await load('one-machine')
    const images = Number(count ?? 500)
    // What a worker does besides drawing runs on the other core while there is one worker: a photograph as people
    // send it, not one that is drawn in no time.
    const photo = readFileSync(
      pathOf({ file: 'orientation/recurser__exif-orientation-examples/Landscape_3.jpg' }),
    )
    const seconds = []
    for (const workers of [1, 2, 2, 1]) {
      const machine = await oneMachine(worker)
      for (let at = 0; at < workers; at++) await machine.hire()
      // The first images of a worker start its thread, and its engine compiles while they are drawn.
      const first = 50 * workers
      await machine.enqueue(await Promise.all(Array.from({ length: first }, () => machine.send(photo))))
      await machine.results(first)
      const ids = await Promise.all(Array.from({ length: images }, () => machine.send(photo)))
      const start = performance.now()
      await machine.enqueue(ids)
      await machine.results(images)
      seconds.push({ workers, seconds: (performance.now() - start) / 1000 })
      await machine.stop()
    }
    const least = workers =>
      Math.min(...seconds.filter(each => each.workers === workers).map(each => each.seconds))
    const speedUp = least(1) / least(2)
    const problems = speedUp < 1.8 ? [`two workers are ${speedUp.toFixed(2)} times as fast as one`] : []
    return { images, seconds, speedUp, problems }
  },
}

const run = runs[what]
if (run === undefined) throw new Error(`what to run is one of ${Object.keys(runs).join(', ')}`)
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
const found = { date: new Date().toISOString(), machine, ...(await run()) }
mkdirSync(new URL('results/', here), { recursive: true })
writeFileSync(new URL(`results/${what}.json`, here), `${JSON.stringify(found, null, 1)}\n`)
console.log(JSON.stringify(found, null, 1))
process.exit(found.problems?.length > 0 ? 1 : 0)
