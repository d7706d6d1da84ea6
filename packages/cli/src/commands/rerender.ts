import type { Command } from 'commander'
import { reportingFailures } from '../backup/failures.js'
import { escapeControls } from '../escape-controls.js'
import { openLibrary } from '../library/open-library.js'
import { openRecords } from '../library/open-records.js'
import { loadPolicy } from '../load-policy.js'
import { rerenderLibrary } from '../moving/rerender-library.js'
import { startQuietProgress } from '../progress.js'
import { rendererFor } from '../renderer-for.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { count, counted } from '../words.js'
import { parseHours, parseJobs } from './option-values.js'

interface Options {
  readonly map: string
  readonly policy?: string
  readonly records?: string
  readonly keep: number
  readonly removeOld?: boolean
  readonly all?: boolean
  readonly endpoint?: string
  readonly dryRun?: boolean
  readonly jobs: number
  readonly json?: boolean
}

const hourMs = 3_600_000

export function rerenderCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('rerender')
    .description('redraw stored images that do not match the policy, from the largest file of each')
    .argument('<store>', 'the public folder of a store, or s3://BUCKET/PREFIX')
    .requiredOption('--map <file>', 'one line of JSON per upload: its new names')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--records <file>', 'point rows at the new files: an SQLite file, or postgres://…')
    .option('--keep <hours>', 'with --records: how long old files stay before a sweep', parseHours, 24)
    .option('--remove-old', 'without --records: delete old files once all new ones are stored')
    .option('--all', 'redraw images that match the policy, too')
    .option('--endpoint <url>', 'endpoint of an S3 service other than Amazon, such as R2')
    .option('--dry-run', 'say what would be drawn, and store nothing')
    .option('--jobs <n>', 'uploads to process in parallel', parseJobs, 1)
    .option('--json', 'the counts as JSON')
    .action(async (store: string, options: Options) => {
      const work = () => rerender(store, options, terminal)
      exit(await reportingFailures(terminal, 'not everything was drawn', work))
    })
}

async function rerender(name: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { map, all = false, removeOld = false, dryRun = false, jobs, json, endpoint } = options
  if (removeOld && options.records !== undefined)
    throw new UsageError('with --records, old files are removed by the sweep after --keep hours')
  const policy = await loadPolicy(options.policy)
  const renderer = rendererFor(policy)
  const library = openLibrary(name, { endpoint })
  const signal = terminal.interruption?.()
  const records = options.records === undefined ? undefined : await openRecords(options.records)
  const bar = startQuietProgress(await library.count(), terminal)
  try {
    const { state, complete } = await rerenderLibrary(library, {
      policy,
      renderer,
      records,
      all,
      keepMs: options.keep * hourMs,
      removeOld,
      dryRun,
      progress: `${map}.progress`,
      map,
      jobs,
      signal,
      onResult: bar.step,
    })
    const { drawn, same, failed } = state
    const did = dryRun ? 'would be drawn' : 'drawn'
    const text = `${counted(drawn, 'upload')} ${did}, ${count(same)} as they were, ${count(failed)} failed\n`
    terminal.stdout.write(json ? `${JSON.stringify({ drawn, same, failed, complete, dryRun })}\n` : text)
    if (complete) return failed > 0 ? 1 : 0
    terminal.stderr.write(`sluice: interrupted; run it again to resume (${escapeControls(map)}.progress)\n`)
    return 130
  } finally {
    bar.stop()
    await records?.close()
  }
}
