// Who draws the files of the corpus: ours as delivered, and sharp twice, each on one thread.
import { job } from '../lib/job.mjs'

/** @import { ContenderEntry } from '../types.js' */

/** @param {string} file */
const here = file => new URL(file, import.meta.url).href

/** @type {readonly ContenderEntry[]} */
export const contenders = [
  {
    id: 'sluice',
    label: 'Sluice',
    module: here('../contenders/sluice.mjs'),
    options: { policy: 'default' },
    ours: true,
  },
  {
    id: 'sharp',
    label: `sharp, effort ${job.effort}`,
    module: here('../rivals/sharp.mjs'),
    options: { threads: 1 },
  },
  {
    id: 'sharp-default',
    label: 'sharp, default effort',
    module: here('../rivals/sharp.mjs'),
    options: { threads: 1, effort: 'default' },
  },
  { id: 'bun', label: 'Bun.Image', module: here('../rivals/bun.mjs'), runtime: 'bun' },
]

/** Those that every file is given to; the scene is given to all. */
export const needed = ['sluice', 'sharp', 'sharp-default']
