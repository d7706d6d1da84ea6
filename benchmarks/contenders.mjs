// Who takes part. A contender is a module with `open(options)` (Contender in types.d.ts); `cannot` names kinds of input that it does
// not do. `focus`: the two that the headline compares, in every round of everything. `cores`: how it uses all of them, if
// not with a process a core.
import { cpus } from 'node:os'

/** @import { ContenderEntry } from './types.js' */

/** @param {string} file */
const here = file => new URL(file, import.meta.url).href
const ours = here('./contenders/sluice.mjs')
const ownThreads = { processes: 1, parallel: cpus().length * 2 }

/** @type {readonly ContenderEntry[]} */
export const contenders = [
  {
    id: 'sluice',
    label: 'Sluice',
    module: ours,
    options: { renderer: 'default' },
    ours: true,
    focus: true,
    cores: { ...ownThreads, options: { renderer: 'pool' } },
  },
  {
    id: 'sluice-libwebp',
    label: 'Sluice, kernel + libwebp',
    module: ours,
    options: { renderer: 'kernel-libwebp' },
    ours: true,
  },
  {
    id: 'sluice-jsquash',
    label: 'Sluice, jSquash in the sandbox',
    module: ours,
    options: { renderer: 'jsquash' },
    cannot: { animation: 'no GIF decoder' },
    ours: true,
  },
  {
    id: 'jsquash',
    label: 'jSquash as documented',
    module: here('./rivals/jsquash.mjs'),
    cannot: { animation: 'no GIF codec' },
  },
  { id: 'sharp', label: 'sharp', module: here('./rivals/sharp.mjs'), focus: true, cores: ownThreads },
  { id: 'sharp-1', label: 'sharp, 1 thread', module: here('./rivals/sharp.mjs'), options: { threads: 1 } },
  { id: 'wasm-vips', label: 'wasm-vips', module: here('./rivals/wasm-vips.mjs') },
  { id: 'jimp', label: 'jimp', module: here('./rivals/jimp.mjs'), cannot: { animation: 'no animation out' } },
  {
    id: 'photon',
    label: 'photon',
    module: here('./rivals/photon.mjs'),
    cannot: { animation: 'first frame only' },
  },
  {
    id: 'pillow',
    label: 'Pillow',
    module: here('./rivals/pillow.mjs'),
    cannot: { animation: 'not in this job' },
  },
]

/** The one that the headline is about, and the one that ratios are taken against. */
export const focus = 'sluice'
export const yardstick = 'sharp'
