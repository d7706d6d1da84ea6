import type { Result } from '../types.js'

const summary = (median: number) => ({ median, low: median * 0.9, high: median * 1.1, rounds: 3 })
const rows = (input: string, own: number) => [
  {
    input,
    contender: 'sluice',
    ms: summary(own),
    ratio: summary(own / 100),
    bytes: 1000,
    width: 4,
    height: 3,
  },
  { input, contender: 'sharp', ms: summary(100), ratio: summary(1), bytes: 1100, width: 4, height: 3 },
]

/** A result in the shape of measures/measure.mjs, of made-up numbers. */
export const madeUp = (): Result => ({
  version: 3,
  date: '2026-01-02T03:04:05.000Z',
  quick: false,
  machine: { cpu: 'a <processor> & more', cores: 2, memory: 1, platform: 'linux x64', node: 'v20' },
  job: { maxWidth: 1600, maxHeight: 1600, quality: 82, effort: 6 },
  focus: 'sluice',
  yardstick: 'sharp',
  inputs: [
    {
      id: 'photo',
      title: 'a photo',
      kind: 'photo',
      width: 4000,
      height: 3000,
      roles: ['latency', 'scaling'],
    },
    { id: 'small', title: 'a small one', kind: 'photo', width: 400, height: 300, roles: ['scaling'] },
    { id: 'gif', title: 'an animation', kind: 'animation', frames: 4, roles: ['latency', 'frames'] },
    { id: 'long', title: 'a longer one', kind: 'animation', frames: 16, roles: ['frames'] },
    { id: 'bomb', title: 'a bomb', kind: 'hostile', roles: ['refusal'] },
  ],
  contenders: [
    { id: 'sluice', label: 'Sluice', version: '1', ours: true },
    { id: 'sharp', label: 'sharp', version: '2', ours: false },
  ],
  absent: [{ id: 'jimp', label: 'jimp', why: 'not installed' }],
  latency: [
    ...rows('photo', 25),
    { ...rows('gif', 40)[0], unsettled: true, passes: [0.3, 0.4] },
    { input: 'gif', contender: 'sharp', cannot: 'no animation' },
  ],
  scaling: [...rows('photo', 25), ...rows('small', 5)],
  frames: [...rows('gif', 40), ...rows('long', 90)],
  stages: [
    {
      input: 'photo',
      contender: 'sluice',
      stages: { probe: summary(1), 'decode and resize': summary(4), encode: summary(20) },
    },
  ],
  quality: [
    { input: 'photo', contender: 'sluice', bytes: 1000, ssim: 14, ssimulacra2: 79, thumb: 0.5 },
    { input: 'photo', contender: 'sharp', bytes: 1100, cannot: 'made 3x4, not 4x3' },
  ],
  refusals: [
    { input: 'bomb', contender: 'sluice', ms: 1, verdict: 'too-many-pixels', read: 70 },
    { input: 'bomb', contender: 'sharp', cannot: 'no answer in 5 s' },
  ],
  coldStart: [
    { input: 'small', contender: 'sluice', ms: summary(300), ratio: summary(0.5) },
    { input: 'small', contender: 'sharp', ms: summary(600), ratio: summary(1) },
    { input: 'small', contender: 'sluice-worker', ms: summary(400), ratio: summary(0.7), bundle: 1_500_000 },
  ],
  memory: [
    { input: 'photo', contender: 'sluice', atStart: 1e7, peak: summary(9e7), wasm: 1e7, ratio: summary(0.9) },
    { input: 'photo', contender: 'sharp', atStart: 1e7, peak: summary(1e8), wasm: 0, ratio: summary(1) },
  ],
  throughput: [
    { input: 'photo', contender: 'sluice', perSecond: summary(8), ratio: summary(3.2), passes: [3.1, 3.3] },
    { input: 'photo', contender: 'sharp', perSecond: summary(2.5), ratio: summary(1), passes: [1, 1] },
  ],
  seconds: 1,
})

const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
export const madeUpPictures = [
  {
    title: 'a photo',
    views: [
      { label: 'before', url: pixel },
      { label: 'Sluice', url: pixel },
    ],
  },
]
