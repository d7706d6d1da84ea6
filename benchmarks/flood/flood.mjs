#!/usr/bin/env node
// A flood in a shoebox: an upload server in 2 processors and 256 MiB, and more visitors than it can serve.
//
//   npm run flood                           capacity, then 0.5, 1, 3 and 10 times that, three minutes each
//   npm run flood -- --minutes 10           longer; what is stored and of that length is not run again
//   npm run flood -- --only sluice --rates 0.8,3
//   npm run flood -- soak                   ours alone, an hour at 0.8 times its capacity: does anything grow?
//   npm run flood -- page                   the page of what is stored
//
// Some 16 minutes a contender. Writes results/flood.json after every run, so that one that was cut off goes on where it
// was, and results/flood.html at the end.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpusIsHere } from '@sluice/testkit/corpus'
import { floodPage, floodText } from '../report/flood.mjs'
import { shoebox } from './box.mjs'
import { allContenders, versionsHere } from './contenders.mjs'
import { floodFiles } from './files.mjs'
import { decodedBy } from './is-picture.mjs'
import { briefly, doneBefore, readRows, storeRow } from './rows.mjs'
import { runFlood } from './run.mjs'
import { mostLagMs } from './windows.mjs'

/** @import { FloodContender } from './contenders.mjs' */
/** @import { FloodFile } from './files.mjs' */
/** @import { FloodRow, Load } from './rows.mjs' */
/** @import { Stretch } from './stretches.mjs' */

/** @type {Readonly<Record<string, { minutes: string, only?: string[], rates: string, stretches?: number }>>} */
const kinds = {
  flood: { minutes: '3', rates: '0.5,1,3,10' },
  soak: { minutes: '60', rates: '0.8', only: ['sluice'], stretches: 60 },
  page: { minutes: '1', rates: '1', only: [] },
}
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    only: { type: 'string', multiple: true },
    rates: { type: 'string' },
  },
})
const [kind = 'flood'] = positionals
const usual = kinds[kind]
if (!usual) throw new Error(`${kind}: there are ${Object.keys(kinds).join(', ')}`)
const options = { ...usual, ...values }
const minutes = positive('minutes', options.minutes)
const { stretches = 1 } = options
const rates = options.rates.split(',').map(rate => positive('rates', rate))
const { contenders, absent } = allContenders()
const wrong = (options.only ?? []).find(id => !contenders.some(contender => contender.id === id))
if (wrong) throw new Error(`--only ${wrong}: there are ${contenders.map(({ id }) => id).join(', ')}`)
if (!corpusIsHere) throw new Error('the photographs are those of the corpus, which is not here')
for (const id of absent) console.log(`${id} takes no part: it is not installed`)

const results = new URL('../results/flood.json', import.meta.url)
const machine = `${cpus()[0]?.model}, ${cpus().length} cores`
const versions = versionsHere()
const isPicture = decodedBy(createRequire(new URL('../rivals/package.json', import.meta.url))('sharp'))
/** Twice as many as processors keep it busy while one is being sent. */
const clients = shoebox.cpus * 2
const capacitySeconds = 30
/** What an engine compiles while it runs is compiled then, for whoever has one. */
const warmSeconds = 10

const chosen = contenders.filter(({ id }) => options.only?.includes(id) ?? true)
const folder = await mkdtemp(join(tmpdir(), 'sluice-flood-files-'))
try {
  const files = chosen.length > 0 ? await floodFiles(folder) : []
  const jpegs = files.filter(({ kind, format }) => kind === 'good' && format === 'jpeg')
  for (const contender of chosen) {
    const seconds = Math.min(capacitySeconds, minutes * 60)
    await row(contender, 'jpeg', jpegs, { clients, seconds })
    const { answeredPerSecond } = await row(contender, 'mixed', files, { clients, seconds })
    for (const rate of rates)
      await row(contender, rate, files, {
        perSecond: rate * answeredPerSecond,
        seconds: (minutes * 60) / stretches,
        stretches,
      })
  }
} finally {
  await rm(folder, { recursive: true })
}
const rows = readRows(results)
await writeFile(new URL('../results/flood.html', import.meta.url), floodPage(rows))
console.log(`\n${floodText(rows)}`)

/**
 * As it is stored, or measured now.
 * @param {FloodContender} contender @param {Load} load @param {readonly FloodFile[]} files
 * @param {{ perSecond?: number, clients?: number, seconds: number, stretches?: number }} how
 * @returns {Promise<FloodRow>}
 */
async function row(contender, load, files, how) {
  const { id, label, ours = false } = contender
  // Of a run, not of what was asked for: a soak needs no other capacity than a flood.
  const minutes = (how.seconds * (how.stretches ?? 1)) / 60
  const before = doneBefore(readRows(results), { contender: id, load, minutes })
  if (before) return before
  const run = briefly(await runFlood({ contender, files, isPicture, warmSeconds, onStretch, ...how }))
  const date = new Date().toISOString()
  const made = { contender: id, label, ours, load, minutes, date, machine, versions, ...run }
  storeRow(results, made)
  console.log(
    `${label}, ${typeof load === 'number' ? `${load} x capacity` : `capacity, ${load}`}: ` +
      `${run.perSecond.toFixed(1)} of ${how.perSecond?.toFixed(1) ?? '?'} a second accepted, ` +
      `${run.kills.length} kills, ${JSON.stringify(run.statuses)}` +
      (run.void
        ? `; VOID: the crowd was ${run.lag.toFixed(0)} ms late, ${mostLagMs} at most are allowed`
        : ''),
  )
  return made
}

/** @param {Stretch} stretch */
function onStretch({ nth, seconds, of, lag, otherMiB }) {
  console.log(
    `stretch ${nth}: ${seconds} of ${of} s count; the crowd was ${lag.toFixed(1)} ms late; ${otherMiB.toFixed(2)} MiB held at rest`,
  )
}

/** @param {string} name @param {string} text */
function positive(name, text) {
  const value = Number(text)
  if (value > 0) return value
  throw new Error(`--${name}: ${text} is no number above 0`)
}
