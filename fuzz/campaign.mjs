/*
 * npm run fuzz:campaign -- --minutes 60 [--group pictures] [--group webp] [--slice 4] [--at-once 1]: gives fuzzers a
 * few minutes at a time, of each group in turn the one that has had least, and writes after each what all of them
 * did so far to results/campaign.json. May be ended at any time, by Ctrl+C too: the next call goes on where
 * this one was, with other seeds and the inputs that were kept. So many processes at once; exit code 1 if anything
 * was found.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * What a fuzzer has done in all its slices.
 * @typedef {object} Total
 * @property {number} cpuSeconds of its processes, user and system
 * @property {number} executions
 * @property {number} findings
 * @property {number} nextSeed
 * @property {Record<string, number>} [ends] how runs of the kernel ended, by their code
 * @property {Record<string, { all: number, missed: string[] }>} [coverage] functions of the kernel's files: how
 *   many there are, and those that no slice has reached
 * @property {number} [kept] inputs that came by something new, of those that are guided by coverage
 */
/** @typedef {{ from: string, to: string, targets: Record<string, Total> }} Campaign */

/**
 * `kernel-` is a driver of the kernel's debug build, where every access is checked; others are targets of
 * ours.
 */
const groups = {
  pictures: ['kernel-jpeg', 'kernel-gif', 'kernel-png', 'headers', 'metadata', 'avif', 'pipeline'],
  webp: ['kernel-webp'],
}
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    slice: { type: 'string', default: '4' },
    'at-once': { type: 'string', default: '1' },
    group: { type: 'string', multiple: true, default: Object.keys(groups) },
  },
})
const [minutes, slice, atOnce] = [Number(values.minutes), Number(values.slice), Number(values['at-once'])]
const chosen = Object.entries(groups).filter(([name]) => values.group.includes(name))
if (!(minutes > 0 && slice > 0 && atOnce >= 1) || chosen.length < values.group.length) {
  console.error(
    `usage: campaign --minutes N [--slice N] [--at-once N] [--group ${Object.keys(groups).join('|')}]...`,
  )
  process.exit(2)
}

const file = new URL('results/campaign.json', import.meta.url)
const now = () => new Date().toISOString()
/** @type {Campaign} */
const campaign = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { from: now(), to: now(), targets: {} }
/** @type {Total} */
const nothing = { cpuSeconds: 0, executions: 0, findings: 0, nextSeed: 40_000_000 }
/** @param {string} name */
const totalOf = name => campaign.targets[name] ?? nothing

/** As many as a slice never comes to. */
const seedsOfSlice = 10_000_000
/** Of each target, the processes that are at work on it. @type {Map<string, number>} */
const atWork = new Map()
let found = 0
let turn = 0
const end = Date.now() + minutes * 60_000
await Promise.all(Array.from({ length: atOnce }, work))

async function work() {
  while (Date.now() < end) {
    const [, names] = chosen[turn++ % chosen.length] ?? []
    const name = [...(names ?? [])].sort((one, other) => hadBy(one) - hadBy(other))[0]
    if (name === undefined) throw new Error('no target')
    const seed = totalOf(name).nextSeed
    campaign.targets[name] = { ...totalOf(name), nextSeed: seed + seedsOfSlice }
    atWork.set(name, (atWork.get(name) ?? 0) + 1)
    const sum = await run(name, Math.min(slice, (end - Date.now()) / 60_000), seed)
    atWork.set(name, (atWork.get(name) ?? 0) - 1)
    found += sum.findings
    campaign.targets[name] = add(totalOf(name), sum)
    campaign.to = now()
    // A campaign that is ended while it writes must not lose what it was.
    writeFileSync(new URL('campaign.json.new', file), `${JSON.stringify(campaign, null, 1)}\n`)
    renameSync(new URL('campaign.json.new', file), file)
    console.log(`${name}: ${sum.executions} runs in ${sum.cpuSeconds} s of CPU, ${sum.findings} findings`)
  }
}

/** Seconds of CPU, and those that it is about to have. @param {string} name */
function hadBy(name) {
  return totalOf(name).cpuSeconds + (atWork.get(name) ?? 0) * slice * 60
}

const cpu = Object.values(campaign.targets).reduce((all, { cpuSeconds }) => all + cpuSeconds, 0)
console.log(`all campaigns together: ${(cpu / 3600).toFixed(2)} hours of CPU`)
process.exitCode = found > 0 ? 1 : 0

/** @param {string} name @param {number} length in minutes @param {number} seed */
async function run(name, length, seed) {
  /** @param {string} path */
  const at = path => fileURLToPath(new URL(path, import.meta.url))
  const driver = name.startsWith('kernel-') ? name.slice('kernel-'.length) : undefined
  const args = driver
    ? [at(`../packages/kernel/fuzz/${driver}.mjs`), '--json']
    : [at('fuzz.mjs'), '--target', name, '--kept', at('kept')]
  const child = spawn(process.execPath, [...args, '--minutes', `${length}`, '--seed', `${seed}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [told, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const lines = told.trimEnd().split('\n')
  const last = lines.pop() ?? ''
  for (const line of lines) console.log(line)
  if (!last.startsWith('{')) throw new Error(`${name} ended with ${code ?? signal}: ${last}`)
  return /** @type {Total} */ (JSON.parse(last))
}

/** @param {Total} before @param {Total} sum @returns {Total} */
function add(before, { cpuSeconds, executions, findings, ends, coverage, kept }) {
  return {
    cpuSeconds: before.cpuSeconds + cpuSeconds,
    executions: before.executions + executions,
    findings: before.findings + findings,
    nextSeed: before.nextSeed,
    ...(ends && { ends: addCounts(before.ends ?? {}, ends) }),
    ...(coverage && { coverage: addCoverage(before.coverage ?? {}, coverage) }),
    ...(kept !== undefined && { kept }),
  }
}

/** @param {Record<string, number>} one @param {Record<string, number>} other */
function addCounts(one, other) {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()
  return Object.fromEntries(names.map(name => [name, (one[name] ?? 0) + (other[name] ?? 0)]))
}

/**
 * A function is missed that both have missed.
 * @param {NonNullable<Total['coverage']>} one @param {NonNullable<Total['coverage']>} other
 */
function addCoverage(one, other) {
  const files = Object.entries(other).map(([name, { all, missed }]) => {
    const before = one[name]?.missed
    return [name, { all, missed: before ? missed.filter(each => before.includes(each)) : missed }]
  })
  return Object.fromEntries(files)
}
