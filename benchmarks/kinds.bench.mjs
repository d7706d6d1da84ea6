#!/usr/bin/env node
// Files of the corpus by kind and size: the whole pipeline by the default policy beside sharp at effort 6 and
// at its default, one thread each, warm, in turns. Some 15 minutes; a run that was cut off goes on.
//
//   npm run bench:kinds                     writes results/kinds.json, README.md and docs/speed.svg
//   npm run bench:kinds -- --again          from the beginning
//   npm run bench:kinds -- --only jpeg/lov  prints what begins so, without the scene, and stores nothing
import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cases, corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { load } from './encoder/photographs.mjs'
import { makeInputs } from './inputs/make.mjs'
import { chooseFiles } from './kinds/cells.mjs'
import { contenders, needed } from './kinds/contenders.mjs'
import { nothingKept, readKept, removeKept, writeKept } from './kinds/kept.mjs'
import { meansOf } from './kinds/means.mjs'
import { firstRuns, takeTurns } from './kinds/take-turns.mjs'
import { firstLine } from './lib/first-line.mjs'
import { job } from './lib/job.mjs'
import { isPhotograph } from './lib/photograph-files.mjs'
import { startAll } from './lib/start-all.mjs'
import { kindsReport } from './report/kinds.mjs'
import { writeTexts } from './report/readme.mjs'

/** @import { Input, KindsResult, OpenContender, TurnsPlan } from './types.js' */

const plan = { perCell: 6, rounds: 3, mostRounds: 15, focusMs: 4500, turnMs: 50, warmMs: 300 }
/** The scene is one file, and what the chart shows. */
const scenePlan = { ...plan, rounds: 9, mostRounds: 21, focusMs: 30_000, warmMs: 3000 }
const results = new URL('./results/kinds.json', import.meta.url)

const { values: options } = parseArgs({
  options: { again: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})
if (!corpusIsHere) throw new Error('there is nothing to measure without the corpus: npm run corpus')
/** @param {string} text */
const log = text => void process.stderr.write(`${text}\n`)

const machine = {
  cpu: cpus()[0].model,
  cores: cpus().length,
  memory: totalmem(),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
}
const { open, absent } = await startAll(contenders, { needed, log })
const versions = open.map(({ id, label, version }) => ({ id, label, version }))
const forFiles = open.filter(({ id }) => needed.includes(id))

/** @type {Readonly<Record<string, string>>} */
const animations = { 'gif-animated': 'animation', 'webp-animated': 'animated-webp' }
const chosen = await chooseFiles(cases, {
  perCell: plan.perCell,
  isPhotograph: entry => looksTaken(pathOf(entry)),
})
const files = chosen.filter(
  ({ entry }) => !options.only || options.only.some(name => entry.file.startsWith(name)),
)
const key = { plan, job, machine, versions, files: files.map(({ entry }) => entry.sha256) }
const kept = options.again || options.only ? nothingKept() : await readKept(key)
log(`${files.length} files of ${cases.length}, ${kept.files.length + kept.refused.length} already measured`)

for (const { entry, kind, size } of files) {
  const { file } = entry
  if ([...kept.files, ...kept.refused].some(row => row.file === file)) continue
  const from = Date.now()
  const input = { id: file, title: file, kind: animations[kind] ?? 'photo', roles: [], path: pathOf(entry) }
  const { cannot, turns } = await measure(forFiles, input, plan)
  if (turns) kept.files.push({ file, kind, size, ...turns })
  else kept.refused.push({ file, kind, size, cannot })
  kept.seconds += (Date.now() - from) / 1000
  log(`${kind.padEnd(14)} ${size.padEnd(6)} ${file}: ${JSON.stringify(turns?.ratio ?? cannot)}`)
  if (!options.only) await writeKept(key, kept)
}

const measured = {
  date: new Date().toISOString(),
  machine,
  job,
  plan,
  contenders: versions,
  absent,
  ...kept,
  means: meansOf(kept.files),
}
const scene = options.only ? undefined : await measureScene()
await Promise.all(open.map(contender => contender.process.close()))
process.stdout.write(kindsReport({ ...measured, scene }))
if (scene) {
  /** @type {KindsResult} */
  const result = { ...measured, scene }
  await writeFile(results, `${JSON.stringify(result, null, 1)}\n`)
  await removeKept()
  await writeTexts()
  process.stdout.write(`\nWritten: ${fileURLToPath(results)} (${Math.round(kept.seconds)} s), README.md\n`)
}

/**
 * No time is taken of a file that one of those needed does not draw.
 * @param {readonly OpenContender[]} contenders @param {Input} input @param {TurnsPlan} plan
 */
async function measure(contenders, input, plan) {
  const { able, cannot } = await firstRuns(contenders, input)
  if (needed.some(id => id in cannot)) return { cannot }
  try {
    return { cannot, turns: await takeTurns(able, plan) }
  } catch (error) {
    return { cannot: { ...cannot, turns: firstLine(error) } }
  }
}

async function measureScene() {
  const inputs = await makeInputs({ quick: true, log })
  const input = inputs.find(({ id }) => id === 'photo-12')
  if (!input) throw new Error('no scene of 12 megapixels')
  const { cannot, turns } = await measure(open, input, scenePlan)
  if (!turns) throw new Error(`the scene: ${JSON.stringify(cannot)}`)
  return { title: input.title, cannot, ...turns }
}

/** A photograph by its pixels, where sharp can read them. @param {string} path */
async function looksTaken(path) {
  const picture = await load(path).catch(error => {
    log(`${path}: ${firstLine(error)}`)
  })
  return picture !== undefined && isPhotograph(path, picture)
}
