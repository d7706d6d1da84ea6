// What results/kinds.json says, for a terminal and for the README.
import { kinds as allKinds, sizes as allSizes } from '../kinds/cells.mjs'
import { table } from './terminal.mjs'

/** @import { KindMean, KindsResult } from '../types.js' */

/** Beside sharp at the job's effort, and at its default. @param {KindMean | undefined} mean */
const pair = mean => (mean ? `${mean.time.sharp.toFixed(2)} / ${mean.time['sharp-default'].toFixed(2)}` : '')
/** @param {KindMean} mean */
const processorPair = ({ processor }) =>
  `${processor.sharp.toFixed(2)} / ${processor['sharp-default'].toFixed(2)}`

/**
 * One line a kind, one column a size, and all of them last.
 * @param {KindsResult['means']} means
 */
export function kindsGrid({ cells, kinds, sizes, all }) {
  if (!all) throw new Error('no file was measured')
  const rows = kinds.map(mean => [
    allKinds.find(({ id }) => id === mean.kind)?.title ?? mean.kind,
    String(mean.files),
    ...allSizes.map(({ id }) => pair(cells.find(cell => cell.kind === mean.kind && cell.size === id))),
    pair(mean),
    processorPair(mean),
  ])
  const last = [
    'all kinds',
    String(all.files),
    ...allSizes.map(({ id }) => pair(sizes.find(({ size }) => size === id))),
    pair(all),
    processorPair(all),
  ]
  return {
    head: ['', 'files', ...allSizes.map(({ title }) => title), 'all sizes', 'processor time'],
    rows,
    last,
  }
}

/** @param {Omit<KindsResult, 'scene'> & { scene?: KindsResult['scene'] | undefined }} result */
export function kindsReport(result) {
  const { machine, job, scene, refused, absent, means } = result
  /** @param {string} id */
  const label = id => result.contenders.find(one => one.id === id)?.label ?? id
  const parts = [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${result.date.slice(0, 10)}`,
    `Decode, orient, fit ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality}, one thread each. Time of Sluice over sharp's ` +
      'at effort 6 / at its default effort: geometric means by kind and megapixels.',
    means.all ? gridTable(means) : 'No file was drawn by all of them.',
    ...(scene ? [sceneTable(scene, label)] : []),
    ...(refused.length > 0
      ? [
          `Left out\n${table(
            ['', ''],
            refused.flatMap(({ file, cannot }) =>
              Object.entries(cannot).map(([id, why]) => [file, `${label(id)}: ${why}`]),
            ),
          )}`,
        ]
      : []),
    ...Object.entries(scene?.cannot ?? {}).map(([id, why]) => `${label(id)} does not draw the scene: ${why}`),
    ...absent.map(one => `${one.label} took no part: ${one.why}`),
  ]
  return `${parts.join('\n\n')}\n`
}

/** @param {KindsResult['means']} means */
function gridTable(means) {
  const { head, rows, last } = kindsGrid(means)
  return table(head, [...rows, last])
}

/** @param {KindsResult['scene']} scene @param {(id: string) => string} label */
function sceneTable({ title, of }, label) {
  const rows = Object.entries(of).map(([id, { ms, processorMs, bytes }]) => [
    label(id),
    ms.toFixed(0),
    processorMs.toFixed(0),
    (bytes / 1000).toFixed(0),
  ])
  return `${title}, a generated scene\n${table(['', 'ms', 'processor ms', 'kB out'], rows)}`
}

/** What the README says of them: nothing that is not in the result. @param {KindsResult} result */
export function kindsText({ means, machine, date, refused, files, job }) {
  const { head, rows, last } = kindsGrid(means)
  const lines = [...rows, last.map(cell => (cell ? `**${cell}**` : ''))].map(
    cells => `| ${cells.join(' | ')} |`,
  )
  return `Real files, by kind and megapixels: the time of Sluice divided by that of sharp at effort ${job.effort} / at its default effort. Geometric
means of ${files.length} files of the [corpus](test/corpus); our whole pipeline with the default policy, one thread each, warm, in turns.
Below 1, Sluice takes less.

| ${head.join(' | ')} |
|---|${'---:|'.repeat(head.length - 1)}
${lines.join('\n')}

An animated GIF stays a GIF; sharp writes it with its own default options in both cases, since the effort of \`gif()\` is on another
scale, so both ratios are to the same time. Frames of an animated WebP are encoded at effort 2 here, the default of \`animationEffort\`.${leftOut(refused)}

Measured on ${date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node} ([result](benchmarks/results/kinds.json)); \`npm run bench:kinds\`
measures it on your machine.`
}

/** @param {KindsResult['refused']} refused */
function leftOut(refused) {
  if (refused.length === 0) return ''
  const ours = refused.filter(({ cannot }) => 'sluice' in cannot).length
  const reasons = [
    ...(ours > 0 ? [`${ours} that Sluice refuses`] : []),
    ...(refused.length > ours
      ? [`${refused.length - ours} that sharp alone refuses or draws in another size`]
      : []),
  ]
  return ` Left out are ${refused.length} files:
${reasons.join(', ')}.`
}
