// Who takes part. A contender is a module with `open(options)` (see lib/job.mjs); `cannot` names kinds of input that it does not do.
const here = file => new URL(file, import.meta.url).href
const ours = here('./contenders/sluice.mjs')

/** @type {readonly { id: string, label: string, module: string, options?: object, cannot?: Record<string, string>, ours?: true, slow?: true }[]} */
export const contenders = [
  { id: 'sluice', label: 'Sluice', module: ours, options: { renderer: 'default' }, ours: true },
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
    module: here('./peers/jsquash.mjs'),
    cannot: { animation: 'no GIF codec' },
  },
  { id: 'sharp', label: 'sharp', module: here('./peers/sharp.mjs') },
  { id: 'sharp-1', label: 'sharp, 1 thread', module: here('./peers/sharp.mjs'), options: { threads: 1 } },
  { id: 'wasm-vips', label: 'wasm-vips', module: here('./peers/wasm-vips.mjs'), slow: true },
  {
    id: 'jimp',
    label: 'jimp',
    module: here('./peers/jimp.mjs'),
    cannot: { animation: 'no animation out' },
    slow: true,
  },
  {
    id: 'photon',
    label: 'photon',
    module: here('./peers/photon.mjs'),
    cannot: { animation: 'first frame only' },
    slow: true,
  },
  {
    id: 'pillow',
    label: 'Pillow',
    module: here('./peers/pillow.mjs'),
    cannot: { animation: 'not in this job' },
    slow: true,
  },
]

/** The one that ratios are taken against. */
export const yardstick = 'sharp'
