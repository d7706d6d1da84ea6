import type { Command } from 'commander'
import type { About } from '../backup/backup-folders.js'
import { reportingFailures } from '../backup/failures.js'
import { makeBackup } from '../backup/make-backup.js'
import { backupByRestic } from '../backup/restic.js'
import { escapeControls } from '../escape-controls.js'
import type { Library } from '../library/library.js'
import { openLibrary } from '../library/open-library.js'
import { startQuietProgress } from '../progress.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { counted, size } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly to?: string
  readonly restic?: string
  readonly database?: string
  readonly sqlite?: string
  readonly endpoint?: string
  readonly full?: boolean
  readonly jobs: number
  readonly json?: boolean
}

export function backupCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('backup')
    .description('copy finished images together with the database that names them')
    .argument('<store>', 'the public folder of a store, or s3://BUCKET/PREFIX')
    .option('--to <folder>', 'where backups are kept; each gets a folder named after its UTC time')
    .option('--restic <repository>', 'keep them in restic, which must be installed, instead of --to')
    .option('--database <command>', 'a shell command that prints a dump, run before the files are copied')
    .option('--sqlite <file>', 'copy this SQLite database before the files')
    .option('--endpoint <url>', 'endpoint of an S3 service other than Amazon, such as R2')
    .option('--full', 'copy every file, instead of linking to those that the previous backup has')
    .option('--jobs <n>', 'files to process in parallel', parseJobs, 4)
    .option('--json', 'as JSON')
    .action(async (store: string, options: Options) => {
      const work = async () => {
        const { where, about } = await backUp(openLibrary(store, options), options, terminal)
        const told = options.json ? `${JSON.stringify({ ...about, where })}\n` : textOf(where, about)
        terminal.stdout.write(told)
        return 0 as const
      }
      exit(await reportingFailures(terminal, 'no backup was made', work))
    })
}

async function backUp(library: Library, options: Options, terminal: Terminal) {
  const { to, restic: repository, database: command, sqlite, jobs, full = false } = options
  if ((to === undefined) === (repository === undefined))
    throw new UsageError('pass either --to or --restic: where should backups be kept?')
  if (command !== undefined && sqlite !== undefined)
    throw new UsageError('pass --database or --sqlite, not both')
  const progress = startQuietProgress(await library.count(), terminal)
  const signal = terminal.interruption?.()
  const common = { database: { command, sqlite }, jobs, signal, onProgress: progress.update }
  try {
    if (repository !== undefined) {
      const { snapshot, about } = await backupByRestic(library, { ...common, repository })
      return { where: `snapshot ${snapshot}`, about }
    }
    const { folder, about } = await makeBackup(library, { ...common, to: to ?? '', full })
    return { where: folder, about }
  } finally {
    progress.stop()
  }
}

function textOf(where: string, { files, bytes, linked = 0, database, gone }: About): string {
  const parts = [
    counted(files, 'file'),
    size(bytes),
    ...(linked > 0 ? [`${counted(linked, 'file')} as before`] : []),
    database === 'none' ? 'no database' : 'the database',
    ...(gone.length > 0 ? [`${counted(gone.length, 'file')} deleted meanwhile`] : []),
  ]
  return `${escapeControls(where)}: ${parts.join(', ')}\n`
}
