// Control groups of Linux, version 1 or 2: what a process and its threads may have, and what they took. Needs
// root.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmdirSync, writeFileSync } from 'node:fs'

/**
 * @typedef {object} Limits
 * @property {number} bytes of memory, with files of the page cache and without swap
 * @property {number} [cpus] how many processors' time
 */
/**
 * @typedef {object} Cgroup
 * @property {readonly string[]} under before a command: it runs in the group
 * @property {() => { peakBytes: number, cpuMs: number }} taken by all in it; `cpuMs` with `cpus` alone
 * @property {() => void} remove once nothing runs in it any more
 */

const root = '/sys/fs/cgroup'
const periodUs = 100_000
let made = 0

/**
 * A group with limits, of whichever version this machine has.
 * @param {Limits} limits
 * @returns {Cgroup}
 * @throws {Error} of the file system, where no group can be made here
 */
export function cgroupOf(limits) {
  const isUnified = existsSync(`${root}/memory.stat`) || existsSync(`${root}/cgroup.controllers`)
  const name = `sluice-${process.pid}-${made++}`
  return isUnified ? unified(name, limits) : legacy(name, limits)
}

/** @param {string} name @param {Limits} limits */
function unified(name, { bytes, cpus }) {
  writeFileSync(`${root}/cgroup.subtree_control`, cpus === undefined ? '+memory' : '+memory +cpu')
  const folder = `${root}/${name}`
  const usedUs = () => Number(/usage_usec (\d+)/.exec(readFileSync(`${folder}/cpu.stat`, 'utf8'))?.[1])
  return groupOf([folder], {
    limit() {
      writeFileSync(`${folder}/memory.max`, String(bytes))
      writeIfThere(`${folder}/memory.swap.max`, '0')
      if (cpus !== undefined) writeFileSync(`${folder}/cpu.max`, `${cpus * periodUs} ${periodUs}`)
    },
    taken: () => ({ peakBytes: numberIn(`${folder}/memory.peak`), cpuMs: usedUs() / 1000 }),
  })
}

/**
 * Each controller is a tree of its own; some are mounted as one.
 * @param {string} name
 * @param {Limits} limits
 */
function legacy(name, { bytes, cpus }) {
  /** @param {string} controller */
  const folderOf = controller => `${realpathSync(`${root}/${controller}`)}/${name}`
  const memory = folderOf('memory')
  const cpu = cpus === undefined ? [] : [folderOf('cpu'), folderOf('cpuacct')]
  return groupOf([...new Set([memory, ...cpu])], {
    limit() {
      writeFileSync(`${memory}/memory.limit_in_bytes`, String(bytes))
      writeIfThere(`${memory}/memory.memsw.limit_in_bytes`, String(bytes))
      if (cpus !== undefined) writeFileSync(`${cpu[0]}/cpu.cfs_quota_us`, String(cpus * periodUs))
    },
    taken: () => ({
      peakBytes: numberIn(`${memory}/memory.max_usage_in_bytes`),
      cpuMs: numberIn(`${cpu[1]}/cpuacct.usage`) / 1e6,
    }),
  })
}

/**
 * Leaves nothing behind where a limit cannot be set.
 * @param {readonly string[]} folders
 * @param {{ limit(): void, taken: Cgroup['taken'] }} rules
 * @returns {Cgroup}
 */
function groupOf(folders, { limit, taken }) {
  /** @type {string[]} */
  const there = []
  const remove = () => there.forEach(folder => void rmdirSync(folder))
  try {
    for (const folder of folders) {
      mkdirSync(folder)
      there.push(folder)
    }
    limit()
  } catch (thrown) {
    remove()
    throw thrown
  }
  const enter = folders.map(folder => `echo $$ > ${folder}/cgroup.procs`).join(' && ')
  return { under: ['sh', '-c', `${enter} && exec "$@"`, 'sh'], taken, remove }
}

/** Swap is not counted by every kernel. @param {string} path @param {string} value */
function writeIfThere(path, value) {
  if (existsSync(path)) writeFileSync(path, value)
}

/** @param {string} path */
const numberIn = path => Number(readFileSync(path, 'utf8'))
