import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'

/** @import { KindRow, KindsResult } from '../types.js' */

/** @typedef {{ files: KindRow[], refused: KindsResult['refused'][number][], seconds: number }} Kept */

const cached = new URL('../.cache/kinds.json', import.meta.url)

/** @returns {Kept} */
export const nothingKept = () => ({ files: [], refused: [], seconds: 0 })

/**
 * What a run that was cut off had measured, where `key` says the same of both: the machine, the versions, the
 * plan, the files.
 * @param {object} key @returns {Promise<Kept>}
 */
export async function readKept(key, path = cached) {
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code !== 'ENOENT') throw error
  })
  const { key: then, kept } = text ? JSON.parse(text) : {}
  return then === JSON.stringify(key) ? kept : nothingKept()
}

/** @param {object} key @param {Kept} kept */
export async function writeKept(key, kept, path = cached) {
  await mkdir(new URL('.', path), { recursive: true })
  await writeFile(path, JSON.stringify({ key: JSON.stringify(key), kept }))
}

export const removeKept = () => rm(cached, { force: true })
