import { join } from 'node:path'
import type { Command } from 'commander'
import { reportingFailures } from '../backup/failures.js'
import { escapeControls } from '../escape-controls.js'
import { realFolder } from '../library/folder-library.js'
import { openLibrary } from '../library/open-library.js'
import { openRecords } from '../library/open-records.js'
import { loadPolicy } from '../load-policy.js'
import { filesIn, type ImportCounts, importFolder } from '../moving/import-folder.js'
import { startQuietProgress } from '../progress.js'
import { rendererFor } from '../renderer-for.js'
import { sanitizeFile } from '../sanitize-file.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { count, counted } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly to: string
  readonly map?: string
  readonly policy?: string
  readonly records?: string
  readonly owner: string
  readonly role: string
  readonly endpoint?: string
  readonly dryRun?: boolean
  readonly jobs: number
  readonly json?: boolean
}

export function importCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('import')
    .description(
      'import an old folder of uploads into a store, through the whole pipeline; the folder is left untouched',
    )
    .argument('<folder>', 'the old uploads')
    .requiredOption('--to <store>', 'the public folder of a store, or s3://BUCKET/PREFIX')
    .option('--map <file>', 'one line of JSON per old file: where it is now, or why it was refused')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--records <file>', 'write rows to an SQLite file, or postgres://…')
    .option('--owner <name>', 'owner to write into the rows', '')
    .option('--role <name>', 'role to write into the rows', 'import')
    .option('--endpoint <url>', 'endpoint of an S3 service other than Amazon, such as R2')
    .option('--dry-run', 'say what would be refused, and store nothing')
    .option('--jobs <n>', 'files to process in parallel', parseJobs, 1)
    .option('--json', 'the counts as JSON')
    .action(async (folder: string, options: Options) => {
      const work = () => importAll(realFolder(folder), options, terminal)
      exit(await reportingFailures(terminal, 'not everything was imported', work))
    })
}

async function importAll(folder: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const policy = await loadPolicy(options.policy)
  const renderer = rendererFor(policy)
  const signal = terminal.interruption?.()
  const progress = startQuietProgress(await countOf(folder), terminal)
  if (options.dryRun) {
    const counts: ImportCounts = { stored: 0, refused: 0, codes: {} }
    for await (const { old } of filesIn(folder)) {
      if (signal?.aborted) break
      const isNamed = /\.[^/]*$/.test(old)
      const outcome = await sanitizeFile(join(folder, old), { policy, renderer, store: nowhere }, { isNamed })
      if (outcome.ok) counts.stored++
      else {
        counts.refused++
        counts.codes[outcome.code] = (counts.codes[outcome.code] ?? 0) + 1
      }
      progress.step()
    }
    progress.stop()
    return tell(counts, options, terminal, !signal?.aborted)
  }
  if (options.map === undefined)
    throw new UsageError('--map is missing: where should the list of old and new names go?')
  const records = options.records === undefined ? undefined : await openRecords(options.records, true)
  try {
    const { state, complete } = await importFolder(folder, {
      store: openLibrary(options.to, { ...options, make: true }).openStore(),
      policy,
      renderer,
      records,
      owner: options.owner,
      role: options.role,
      progress: `${options.map}.progress`,
      map: options.map,
      jobs: options.jobs,
      signal,
      onResult: progress.step,
    })
    return tell(state, options, terminal, complete)
  } finally {
    progress.stop()
    await records?.close()
  }
}

const nowhere = {
  async commit() {},
  get: async () => undefined,
  async delete() {},
  async *list() {},
}

async function countOf(folder: string): Promise<number> {
  let files = 0
  for await (const _ of filesIn(folder)) files++
  return files
}

function tell(
  { stored, refused, codes }: ImportCounts,
  { json, dryRun = false, map }: Options,
  { stdout, stderr }: Terminal,
  complete: boolean,
): ExitCode {
  if (json) stdout.write(`${JSON.stringify({ stored, refused, codes, complete, dryRun })}\n`)
  else {
    const did = dryRun ? 'would be stored' : 'stored'
    const kinds = Object.entries(codes)
      .sort(([, one], [, other]) => other - one)
      .map(([code, files]) => `${count(files)} ${code}`)
    const why = kinds.length > 0 ? `: ${kinds.join(', ')}` : ''
    stdout.write(`${counted(stored, 'file')} ${did}, ${count(refused)} refused${why}\n`)
    if (map !== undefined && complete && !dryRun) stdout.write(`old and new names: ${escapeControls(map)}\n`)
  }
  if (!complete) {
    stderr.write('sluice: interrupted; run it again to resume\n')
    return 130
  }
  return refused > 0 ? 1 : 0
}
