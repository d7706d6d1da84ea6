import { defaultRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { checkSupport, type Kit } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { type Command, InvalidArgumentError } from 'commander'
import { loadPolicy } from '../load-policy.js'
import { mapInOrder } from '../map-in-order.js'
import { describeOutcome } from '../outcome-json.js'
import { outcomeTable } from '../outcome-table.js'
import { startProgress } from '../progress.js'
import { readList } from '../read-list.js'
import { type Outcome, sanitizeFile } from '../sanitize-file.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'

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
    .description('draw fresh images of files and store them')
    .argument('[files...]', 'image files')
    .option('--files-from <list>', 'take file names from a file, one a line; - for standard input')
    .option('--out <folder>', 'where finished images go', 'out')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--json', 'one JSON object a file, in the order given')
    .option('--jobs <n>', 'files at the same time', parseJobs, 1)
    .action(async (files: readonly string[], options: Options) => {
      exit(await sanitizeFiles(files, options, terminal))
    })
}

async function sanitizeFiles(
  files: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  const listed = options.filesFrom === undefined ? [] : await readList(options.filesFrom, terminal)
  const inputs = [...files, ...listed]
  if (inputs.length === 0) throw new UsageError('no files were named')
  const kit = await makeKit(options)
  const outcomes: Outcome[] = []
  let refused = false
  const progress = startProgress(inputs.length, terminal, options.json ?? false)
  for await (const outcome of mapInOrder(inputs, options.jobs, file => sanitizeFile(file, kit))) {
    refused ||= !outcome.ok
    progress.step()
    if (options.json) terminal.stdout.write(`${JSON.stringify(describeOutcome(outcome))}\n`)
    else outcomes.push(outcome)
  }
  progress.stop()
  if (!options.json) terminal.stdout.write(outcomeTable(outcomes))
  return refused ? 1 : 0
}

async function makeKit({ policy, out }: Options): Promise<Kit> {
  const kit = { policy: await loadPolicy(policy), renderer: defaultRenderer({ plugs: [avif()] }) }
  try {
    checkSupport(kit.policy, kit.renderer)
    return { ...kit, store: fsStore(out) }
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function parseJobs(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 99.')
  return Number(text)
}
