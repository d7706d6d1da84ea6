import { avif } from '@sluice/codecs/avif'
import type { Policy, Renderer } from '@sluice/core'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { findFiles } from '../find-files.js'
import { loadPolicy } from '../load-policy.js'
import { describeOutcome } from '../outcome-json.js'
import { writePage } from '../page/write-page.js'
import { readList } from '../read-list.js'
import { rendererFor } from '../renderer-for.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { type Rival, startSharp } from '../trial/rival.js'
import { startTally } from '../trial/tally.js'
import { trialPage } from '../trial/trial-page.js'
import { summaryText, triedLine } from '../trial/trial-text.js'
import { type Tried, tryFile } from '../trial/try-file.js'

interface Options {
  readonly filesFrom?: string
  readonly policy?: string
  readonly beside?: 'sharp'
  readonly sample?: number
  readonly html?: string
  readonly json?: boolean
}

export function trialCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('trial')
    .description('show what would become of your existing uploads, without changing anything')
    .argument('[paths...]', 'folders of uploads, or files')
    .option('--files-from <list>', 'read file names from a file, one per line; - for standard input')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .addOption(
      new Option(
        '--beside <library>',
        'run the same files through it as well, if this folder has it installed',
      ).choices(['sharp']),
    )
    .option('--sample <n>', 'only this many files, spread evenly over all of them', parseSample)
    .option('--html <file>', 'write an HTML report')
    .option('--json', 'one JSON object per file, and a last one with the totals')
    .action(async (paths: readonly string[], options: Options) => {
      exit(await tryFiles(paths, options, terminal))
    })
}

async function tryFiles(paths: readonly string[], options: Options, terminal: Terminal): Promise<ExitCode> {
  if (paths.includes('-'))
    throw new UsageError('a trial takes folders; for one image on standard input, use sluice inspect -')
  const listed = options.filesFrom === undefined ? [] : await readList(options.filesFrom, terminal)
  if (paths.length + listed.length === 0) throw new UsageError('no folder was given')
  const found = await findFiles([...paths, ...listed])
  if (found.length === 0) throw new UsageError(`no files in ${paths.join(', ')}`)
  const files = spread(found, options.sample ?? found.length)
  const { html, json = false } = options
  const policy = await loadPolicy(options.policy)
  const renderer = rendererFor(policy, [avif()])
  // A page that cannot be written is told before the work, not after.
  if (html !== undefined) await writePage(html, '')
  const rival = options.beside && (await startSharp(policy.output, process.cwd()))
  try {
    return await writeTrial(files, paths, { html, json, policy, renderer, rival }, terminal)
  } finally {
    rival?.stop()
  }
}

interface Setup {
  readonly html: string | undefined
  readonly json: boolean
  readonly policy: Policy
  readonly renderer: Renderer
  readonly rival: Rival | undefined
}

/** Each result is written when it is there, and the sums also of a trial that was called off. */
async function writeTrial(
  files: readonly string[],
  paths: readonly string[],
  { policy, renderer, rival, html, json }: Setup,
  { stdout, interruption }: Terminal,
): Promise<ExitCode> {
  const signal = interruption?.()
  const tally = startTally(rival?.name)
  let done = 0
  for (const file of files) {
    if (signal?.aborted) break
    const tried = await tryFile(file, { policy, renderer, signal }, rival)
    // What was cut off by Ctrl-C says nothing of the file.
    if (signal?.aborted && !tried.outcome.ok) break
    done++
    tally.add(tried)
    stdout.write(json ? `${asJson(tried)}\n` : triedLine(tried))
  }
  const { pictures, ...sums } = tally.summary()
  const peak = process.resourceUsage().maxRSS * 1024
  const run = { peak, left: files.length - done, ...(rival ? { rivalPeak: rival.peak() } : {}) }
  stdout.write(
    json ? `${JSON.stringify({ summary: { ...sums, ...run } })}\n` : summaryText({ ...sums, pictures }, run),
  )
  const subject = { what: paths.join(', ') || 'a list', policyVersion: policy.version }
  if (html !== undefined) await writePage(html, trialPage({ ...sums, pictures }, run, subject))
  if (signal?.aborted) return 130
  return sums.refused + sums.unreadable > 0 ? 1 : 0
}

/** Without keys: nothing is stored under them. */
function asJson({ outcome, beside }: Tried): string {
  const told = { ...describeOutcome(outcome), ...(beside ? { beside } : {}) }
  return JSON.stringify(told, (name, value) => (name === 'key' ? undefined : value))
}

/** Every so-many-th file: the same ones each time, from all of the folders. */
function spread(files: readonly string[], sample: number): readonly string[] {
  if (sample >= files.length) return files
  return Array.from(
    { length: sample },
    (_, index) => files[Math.floor((index * files.length) / sample)] ?? '',
  )
}

function parseSample(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 9,999,999.')
  return Number(text)
}
