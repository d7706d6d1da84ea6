import { meansOf } from '../kinds/means.mjs'
import type { KindId, KindRow, KindsResult, SizeId } from '../types.js'

const row = (kind: KindId, size: SizeId, time: number): KindRow => ({
  file: `${kind} ${size}`,
  kind,
  size,
  rounds: 3,
  of: {},
  ratio: {
    sharp: { time, processor: time * 2 },
    'sharp-default': { time: time * 1.5, processor: time * 3 },
  },
})

/** A result in the shape of kinds.bench.mjs, of made-up numbers. */
export function madeUpKinds(): KindsResult {
  const files = [row('jpeg', 'tiny', 2), row('jpeg', 'large', 0.5), row('gif-animated', 'small', 0.25)]
  return {
    date: '2026-01-02T03:04:05.000Z',
    machine: { cpu: 'a <processor> & more', cores: 2, memory: 1, platform: 'linux x64', node: 'v20' },
    job: { maxWidth: 1600, maxHeight: 1600, quality: 82, effort: 6 },
    plan: { perCell: 6, rounds: 3, mostRounds: 15, focusMs: 1, turnMs: 1, warmMs: 1 },
    contenders: [
      { id: 'sluice', label: 'Sluice', version: '1' },
      { id: 'sharp', label: 'sharp, effort 6', version: '2' },
    ],
    absent: [{ id: 'other', label: 'Another', why: 'not installed' }],
    scene: {
      title: 'a scene',
      cannot: {},
      rounds: 9,
      of: {
        sluice: { ms: 200, processorMs: 210, bytes: 1000 },
        sharp: { ms: 500, processorMs: 510, bytes: 1100 },
        'sharp-default': { ms: 300, processorMs: 310, bytes: 1200 },
        bun: { ms: 250, processorMs: 260, bytes: 1300 },
      },
      ratio: {},
    },
    files,
    refused: [
      { file: 'jpeg a', kind: 'jpeg', size: 'tiny', cannot: { sluice: 'too-many-scans' } },
      { file: 'jpeg b', kind: 'jpeg', size: 'tiny', cannot: { sharp: 'no', 'sharp-default': 'no' } },
      { file: 'jpeg c', kind: 'jpeg', size: 'tiny', cannot: { sharp: 'made 3x4, not 4x3' } },
    ],
    means: meansOf(files),
    seconds: 1,
  }
}
