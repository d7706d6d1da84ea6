import { mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { pickBackup } from '../backup/backup-folders.js'
import { reportingFailures } from '../backup/failures.js'
import { fetchSnapshot } from '../backup/restic.js'
import { type RestoreOptions, restoreBackup } from '../backup/restore-backup.js'
import { readAbout } from '../backup/verify-backup.js'
import { escapeControls } from '../escape-controls.js'
import { startQuietProgress } from '../progress.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { counted } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly to: string
  readonly restic?: string
  readonly at?: number
  readonly database?: string
  readonly sqlite?: string
  readonly over?: boolean
  readonly dryRun?: boolean
  readonly jobs: number
  readonly json?: boolean
}

export function restoreCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('restore')
    .description('restore the images of a backup, and then its database')
    .argument('[backup]', 'a backup, or a folder of backups, of which the newest is taken')
    .requiredOption('--to <folder>', 'the public folder')
    .option('--restic <repository>', 'take the backup from restic')
    .option(
      '--at <time>',
      'take the newest backup made no later than this, such as 2026-11-28T03:00Z',
      parseTime,
    )
    .option('--database <command>', 'a shell command that reads the dump from standard input')
    .option('--sqlite <file>', 'where the SQLite database goes')
    .option('--over', 'replace existing files, which are kept aside')
    .option('--dry-run', 'say what would be done, and change nothing')
    .option('--jobs <n>', 'files to process in parallel', parseJobs, 4)
    .option('--json', 'as JSON')
    .action(async (backup: string | undefined, options: Options) => {
      if ((backup === undefined) === (options.restic === undefined))
        throw new UsageError('name a folder of backups, or pass --restic')
      const work = async () => {
        if (backup !== undefined) await restore(await pickBackup(backup, options.at), options, terminal)
        else await restoreSnapshot(options, terminal)
        return 0 as const
      }
      exit(await reportingFailures(terminal, 'not everything was restored', work))
    })
}

/** Beside the place that the files go to: there is room, or there would be none for them. */
async function restoreSnapshot(options: Options, terminal: Terminal): Promise<void> {
  const target = resolve(options.to)
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-snapshot-`))
  try {
    await fetchSnapshot(options.restic ?? '', folder, options.at)
    await restore(folder, options, terminal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function restore(folder: string, options: Options, terminal: Terminal): Promise<void> {
  const { to, database, sqlite, over = false, dryRun = false, jobs, json = false } = options
  const about = await readAbout(folder)
  const progress = startQuietProgress(about?.files, terminal)
  const given: RestoreOptions = {
    to,
    database,
    sqlite,
    over,
    dryRun,
    jobs,
    signal: terminal.interruption?.(),
    onProgress: progress.update,
  }
  const { aside, ...restored } = await restoreBackup(folder, given).finally(progress.stop)
  const { files, there, replaced } = restored
  const did = dryRun ? 'would be written' : 'written'
  const parts = [
    `${counted(files, 'file')} ${did}`,
    `${counted(there, 'file')} already there`,
    ...(replaced > 0
      ? [`${counted(replaced, 'file')} replaced, the old ones ${dryRun ? 'to be ' : ''}kept in ${aside}`]
      : []),
  ]
  const text = `${escapeControls(`${folder} to ${to}: ${parts.join(', ')}`)}\n`
  terminal.stdout.write(json ? `${JSON.stringify({ backup: folder, to, dryRun, ...restored })}\n` : text)
}

function parseTime(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new InvalidArgumentError('It must be a time such as 2026-11-28T03:00Z.')
  return time
}
