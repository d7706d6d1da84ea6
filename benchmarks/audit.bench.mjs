#!/usr/bin/env node
// What memory an audit takes as the library grows: 10^5 and 10^6 small images, one run of each killed in the middle.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { residentBytes } from '@sluice/testkit/process-memory'

const sizes = process.argv.slice(2).map(Number)
const counts = sizes.length > 0 ? sizes : [100_000, 1_000_000]
const MiB = 2 ** 20
const out = new URL('./results/audit.json', import.meta.url)
const program = fileURLToPath(new URL('../packages/cli/dist/main.js', import.meta.url))
const home = join(tmpdir(), 'sluice-audit-bench')
const perMonth = 500_000

/** An animated GIF of ours of 85 bytes; each number makes another one. @param {number} number */
function tinyGif(number) {
  const frame = [0x21, 0xf9, 4, 4, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
  const colour = [number >> 16, (number >> 8) & 255, number & 255]
  const head = [...Buffer.from('GIF89a'), 1, 0, 1, 0, 0xf0, 0, 0, ...colour, 0, 0, 0]
  return Uint8Array.from([
    ...head,
    0x21,
    0xff,
    11,
    ...Buffer.from('NETSCAPE2.0'),
    3,
    1,
    0,
    0,
    0,
    ...frame,
    ...frame,
    0x3b,
  ])
}

/** Goes on where a run before was stopped. @param {number} files */
function makeLibrary(files) {
  for (let month = 0; month * perMonth < files; month++) {
    const name = `2025${String(month + 1).padStart(2, '0')}`
    const folder = join(home, 'uploads', name)
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    const time = Date.UTC(2025, month, 15) / 1000
    const end = Math.min(files, (month + 1) * perMonth)
    for (let number = month * perMonth + readdirSync(folder).length; number < end; number++) {
      const random = (Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
      const path = join(folder, `${random}${number.toString(16).padStart(24, '0')}.gif`)
      writeFileSync(path, tinyGif(number))
      utimesSync(path, time, time)
    }
  }
}

/**
 * @param {number} killAfterMs 0 for not at all
 * @returns {Promise<{ seconds: number, rss: number[], peak: number, last: string, signal: string | null }>}
 */
async function audit(killAfterMs) {
  const start = Date.now()
  const args = [program, 'audit', '--json', join(home, 'uploads'), '--checkpoint', join(home, 'checkpoint')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  /** @type {number[]} */
  const rss = []
  let peak = 0
  let last = ''
  child.stdout.on('data', data => {
    last = String(data).trim()
  })
  const pid = child.pid ?? 0
  const timer = setInterval(() => {
    const memory = residentBytes(pid)
    // It has ended between two looks.
    if (!memory) return
    rss.push(Math.round(memory.now / MiB))
    peak = Math.max(peak, memory.peak / MiB)
  }, 1000)
  if (killAfterMs > 0) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const [, signal] = await new Promise(resolve => child.on('close', (...all) => resolve(all)))
  clearInterval(timer)
  return { seconds: (Date.now() - start) / 1000, rss, peak: Math.round(peak), last, signal }
}

/** As many as there is room for on a line. @param {readonly number[]} all */
const tenth = all => Array.from({ length: 11 }, (_, at) => all[Math.round((at * (all.length - 1)) / 10)])

const rows = []
for (const files of counts) {
  makeLibrary(files)
  const killed = await audit(Math.max(3000, files / 100))
  const { seconds, rss, peak, last, signal } = await audit(0)
  const { summary } = JSON.parse(last)
  rows.push({
    files,
    looked: summary.files,
    findings: summary.findings,
    killedAfterSeconds: killed.signal === 'SIGKILL' ? killed.seconds : null,
    seconds: Math.round(seconds),
    peakMiB: Math.max(peak, killed.peak),
    rssMiB: tenth(rss),
    signal,
  })
  console.log(JSON.stringify(rows.at(-1)))
}
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
writeFileSync(out, `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`)
rmSync(home, { recursive: true })
