// Stored runs: a JSON list with a run on each line, so that a flood that was cut off goes on where it was.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** @import { Ran } from './run.mjs' */
/** @import { Tally } from './tally.mjs' */

/**
 * What is done: `jpeg` and `mixed` are closed loops, which measure the capacity; a number is that many times
 * the capacity.
 * @typedef {'jpeg' | 'mixed' | number} Load
 */
/**
 * @typedef {object} Which
 * @property {string} contender
 * @property {string} label
 * @property {boolean} ours
 * @property {Load} load
 * @property {number} minutes in which visitors came
 */
/** @typedef {{ broken: Record<string, number>, undecodable: number }} Counted */
/** @typedef {Omit<Tally & Ran, keyof Counted> & Counted} Brief */
/** @typedef {{ date: string, machine: string, versions: Readonly<Record<string, string>> }} Where */
/** @typedef {Which & Where & Brief} FloodRow */

/** @param {URL} file @returns {readonly FloodRow[]} */
export const readRows = file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [])

/** In place of what it was before. @param {URL} file @param {FloodRow} row */
export function storeRow(file, row) {
  const others = readRows(file).filter(other => !isSame(other, row))
  writeFileSync(file, `[\n${[...others, row].map(each => JSON.stringify(each)).join(',\n')}\n]\n`)
}

/**
 * A run that was void is done again, and so is one of another length.
 * @param {readonly FloodRow[]} rows @param {Pick<Which, 'contender' | 'load' | 'minutes'>} which
 */
export const doneBefore = (rows, which) =>
  rows.find(row => isSame(row, which) && row.minutes === which.minutes && !row.void)

/** @param {Pick<Which, 'contender' | 'load'>} one @param {Pick<Which, 'contender' | 'load'>} other */
const isSame = (one, other) => one.contender === other.contender && one.load === other.load

/**
 * Numbers in place of lists of names, and no more digits than are known.
 * @param {Tally & Ran} run @returns {Brief}
 */
export function briefly(run) {
  const broken = Object.fromEntries(Object.entries(run.broken).map(([name, keys]) => [name, keys.length]))
  const brief = { ...run, broken, undecodable: run.undecodable.length, lastWords: run.lastWords.slice(-300) }
  return JSON.parse(JSON.stringify(brief, (_, value) => (typeof value === 'number' ? rounded(value) : value)))
}

/** @param {number} value */
const rounded = value => Math.round(value * 1000) / 1000
