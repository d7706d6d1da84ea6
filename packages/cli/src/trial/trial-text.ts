import { escapeControls } from '../escape-controls.js'
import { count, counted, duration, percent, size } from '../words.js'
import type { Drawn } from './rival.js'
import { type Comparison, isUnreadable, type Kind, type Summary } from './tally.js'
import type { Tried } from './try-file.js'

/** What is said of the whole run beside the sums. */
export interface Run {
  /** Most memory of the process, in bytes; of the other one's too where there was one. */
  readonly peak: number
  readonly rivalPeak?: number
  /** Files that were not started, because somebody called it off. */
  readonly left: number
}

/** A line a file, as it comes: what became of it, then which it is. */
export function triedLine({ outcome, beside }: Tried): string {
  const file = escapeControls(outcome.file)
  const theirs = beside ? `  [${besideText(beside)}]` : ''
  if (outcome.ok) {
    const { bytes, input } = outcome.stored
    return `accepted  ${file}  ${size(input.bytes)} to ${size(bytes)}, ${duration(outcome.ms)}${theirs}\n`
  }
  const verdict = isUnreadable(outcome) ? 'not read  ' : 'refused   '
  return `${verdict}${file}  ${outcome.code}: ${escapeControls(outcome.message)}${theirs}\n`
}

function besideText(drawn: Drawn): string {
  return drawn.ok
    ? `sharp: ${size(drawn.bytes)}, ${duration(drawn.ms)}`
    : `sharp: ${escapeControls(drawn.message)}`
}

/** For a terminal. Whatever comes from files is escaped. */
export function summaryText(summary: Summary, run: Run): string {
  const { files, accepted, refused, unreadable, bytesIn, bytesOut, ms, refusals, notes, beside } = summary
  const lines = [
    [
      'files',
      `${counted(files, 'file')}: ${[
        `${count(accepted)} accepted`,
        `${count(refused)} refused`,
        ...(unreadable > 0 ? [`${count(unreadable)} could not be read`] : []),
        ...(run.left > 0 ? [`interrupted: ${count(run.left)} not started`] : []),
      ].join(', ')}`,
    ],
    [
      'bytes',
      `${size(bytesIn)} in, ${size(bytesOut)} out, ${savedText(bytesIn, bytesOut)} (of the accepted ones)`,
    ],
    [
      'time',
      `${duration(ms.median)} a file (median), ${duration(ms.p95)} at most for 95 of 100, ${duration(ms.total)} in all`,
    ],
    ['memory', `${size(run.peak)} at most, of the whole process`],
    ...refusals.flatMap(kind => kindLines('refused', kind)),
    ...notes.flatMap(kind => kindLines('noted', kind)),
    ...(beside ? comparisonLines(beside, run) : []),
  ]
  return `\n${lines.map(([name = '', text = '']) => `${name.padEnd(9)} ${escapeControls(text)}`.trimEnd()).join('\n')}\n`
}

export function savedText(bytesIn: number, bytesOut: number): string {
  if (bytesIn === 0) return 'nothing saved'
  const share = bytesOut / bytesIn
  return share > 1 ? `${percent(share - 1)} more` : `${percent(1 - share)} less`
}

function kindLines(name: string, { code, message, files, examples }: Kind): string[][] {
  const more = files > examples.length ? `, and ${count(files - examples.length)} more` : ''
  return [
    [name, `${count(files)} ${code}${files > 1 ? ', such as' : ''}: ${message}`],
    ['', `  ${examples.join(', ')}${more}`],
  ]
}

function comparisonLines(beside: Comparison, { rivalPeak = 0 }: Run): string[][] {
  const { name, both, oursAlone, theirsAlone, neither, ours, theirs, disagreements } = beside
  return [
    ['beside', `${name}, at the job that its documentation shows, in a process of its own`],
    [
      '',
      `accepted by both ${count(both)}, by Sluice alone ${count(oursAlone)}, by it alone ${count(theirsAlone)}, by neither ${count(neither)}`,
    ],
    ...(both > 0
      ? [
          ['', `bytes of those: ${size(ours.bytes)} beside ${size(theirs.bytes)}`],
          [
            '',
            `time of those: ${duration(ours.ms)} beside ${duration(theirs.ms)}, with every check beside none`,
          ],
        ]
      : []),
    ['', `memory: ${size(rivalPeak)} at most, of its process`],
    ...disagreements.map(({ file, ours, theirs }) => [
      'differ',
      `${file}: Sluice ${ours ?? 'accepts'}, ${name} ${theirs ?? 'accepts'}`,
    ]),
  ]
}
