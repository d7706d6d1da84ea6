import type { Kit } from '@sluice/core'
import type { Command } from 'commander'
import { findFiles } from '../find-files.js'
import { openFolderStore } from '../library/folder-library.js'
import { loadPolicy } from '../load-policy.js'
import { mapInOrder } from '../map-in-order.js'
import { describeOutcome } from '../outcome-json.js'
import { outcomeTable } from '../outcome-table.js'
import { startProgress } from '../progress.js'
import { bytesOf, readList } from '../read-list.js'
import { rendererFor } from '../renderer-for.js'
import { sanitizeFile } from '../sanitize-file.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { counted } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly filesFrom?: string
  readonly out: string
  readonly policy?: string
  readonly json?: boolean
  readonly jobs: number
}

export function sanitizeCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('sanitize')
    .description('draw a fresh image from each file and store it')
    .argument('[files...]', 'image files or folders of them, or - for an image on standard input')
    .option('--files-from <list>', 'read file names from a file, one per line; - for standard input')
    .option('--out <folder>', 'where finished images go', 'out')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--json', 'one JSON object per file, in the order given')
    .option('--jobs <n>', 'files to process in parallel', parseJobs, 1)
    .action(async (files: readonly string[], options: Options) => {
      exit(await sanitizeFiles(files, options, terminal))
    })
}

async function sanitizeFiles(
  files: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.filesFrom === '-' && files.includes('-'))
    throw new UsageError('standard input cannot be both a list and an image')
  const listed = options.filesFrom === undefined ? [] : await readList(options.filesFrom, terminal)
  if (files.length + listed.length === 0) throw new UsageError('no files were given')
  const inputs = await findFiles([...files, ...listed])
  if (inputs.length === 0) throw new UsageError(`no files in ${files.join(', ')}`)
  const signal = terminal.interruption?.()
  const kit = { ...(await makeKit(options)), signal }
  return writeOutcomes(inputs, options, terminal, kit)
}

/** Each result is written when it is there: whoever calls a long run off keeps what was told. */
async function writeOutcomes(
  inputs: readonly string[],
  { json = false, jobs }: Options,
  terminal: Terminal,
  kit: Kit,
): Promise<ExitCode> {
  const { stdin, stdout, stderr } = terminal
  const table = outcomeTable(inputs)
  const progress = startProgress(inputs.length, terminal)
  const work = (file: string) => sanitizeFile(file, kit, { given: file === '-' ? bytesOf(stdin) : undefined })
  let refused = false
  let done = 0
  if (!json) stdout.write(table.head())
  for await (const outcome of mapInOrder(inputs, jobs, work, kit.signal)) {
    refused ||= !outcome.ok
    done++
    progress.step()
    stdout.write(json ? `${JSON.stringify(describeOutcome(outcome))}\n` : table.row(outcome))
  }
  progress.stop()
  const left = inputs.length - done
  if (!json) stdout.write(table.sums(left))
  else if (left > 0) stderr.write(`sluice: interrupted, ${counted(left, 'file')} not started\n`)
  if (kit.signal?.aborted) return 130
  return refused ? 1 : 0
}

async function makeKit({ policy: path, out }: Options): Promise<Kit> {
  const policy = await loadPolicy(path)
  return { policy, renderer: rendererFor(policy), store: openFolderStore(out) }
}
