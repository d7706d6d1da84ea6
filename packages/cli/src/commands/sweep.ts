import { sweep } from '@sluice/records'
import type { Command } from 'commander'
import { reportingFailures } from '../backup/failures.js'
import { escapeControls } from '../escape-controls.js'
import { openLibrary } from '../library/open-library.js'
import { openRecords } from '../library/open-records.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { counted } from '../words.js'

interface Options {
  readonly records: string
  readonly incoming?: string
  readonly endpoint?: string
  readonly pendingMinutes: string
  readonly json?: boolean
}

export function sweepCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('sweep')
    .description('delete removed uploads, and those that no application has confirmed')
    .argument('<store>', 'the public folder of a store, or s3://BUCKET/PREFIX')
    .requiredOption('--records <name>', 'an SQLite file, or postgres://…')
    .option('--incoming <folder>', 'where commits are prepared, if not in the default folder')
    .option('--endpoint <url>', 'endpoint of an S3 service other than Amazon, such as R2')
    .option('--pending-minutes <n>', 'how long an upload may wait to be confirmed', '60')
    .option('--json', 'the counts as JSON')
    .action(async (store: string, options: Options) => {
      exit(await reportingFailures(terminal, 'not everything was swept', () => run(store, options, terminal)))
    })
}

async function run(name: string, options: Options, { stdout, stderr }: Terminal): Promise<ExitCode> {
  if (!/^[1-9]\d{0,5}$/.test(options.pendingMinutes))
    throw new UsageError('--pending-minutes must be a whole number from 1 to 999999')
  const store = openLibrary(name, options).openStore()
  const records = await openRecords(options.records)
  try {
    const swept = await sweep({ records, store, pendingMs: Number(options.pendingMinutes) * 60_000 })
    const { expired, deleted, failed } = swept
    const text = `${counted(deleted, 'upload')} deleted, ${expired} of them never confirmed\n`
    stdout.write(options.json ? `${JSON.stringify(swept)}\n` : text)
    for (const { id, reason } of failed) stderr.write(`sluice: ${id}: ${escapeControls(reason)}\n`)
    return failed.length > 0 ? 1 : 0
  } finally {
    await records.close()
  }
}
