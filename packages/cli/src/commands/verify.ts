import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { pickBackup } from '../backup/backup-folders.js'
import { reportingFailures } from '../backup/failures.js'
import { fetchSnapshot } from '../backup/restic.js'
import { verifyBackup } from '../backup/verify-backup.js'
import { escapeControls } from '../escape-controls.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { counted } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly restic?: string
  readonly jobs: number
  readonly json?: boolean
}

export function verifyCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('verify')
    .description('check that a backup is complete: every file, the dump, and the files of every row')
    .argument('[backup]', 'a backup, or a folder of backups, of which the newest is taken')
    .option('--restic <repository>', 'the newest snapshot, restored into a temporary folder')
    .option('--jobs <n>', 'files to process in parallel', parseJobs, 4)
    .option('--json', 'one JSON object per fault, and a last one with the counts')
    .action(async (backup: string | undefined, options: Options) => {
      if ((backup === undefined) === (options.restic === undefined))
        throw new UsageError('name a folder of backups, or pass --restic')
      const work = async () =>
        backup === undefined
          ? await verifySnapshot(options, terminal)
          : await verify(await pickBackup(backup), options, terminal)
      exit(await reportingFailures(terminal, 'not everything was checked', work))
    })
}

async function verifySnapshot(options: Options, terminal: Terminal): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-verify-'))
  try {
    await fetchSnapshot(options.restic ?? '', folder)
    return await verify(folder, options, terminal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function verify(
  folder: string,
  { jobs, json = false }: Options,
  { stdout, interruption }: Terminal,
): Promise<ExitCode> {
  const looking = verifyBackup(folder, jobs, interruption?.())
  let faults = 0
  for (;;) {
    const { done, value } = await looking.next()
    if (done) {
      const { files, rows } = value
      const paired = rows === undefined ? '' : `, ${counted(rows, 'file')} of rows`
      const text = `${escapeControls(folder)}: ${counted(files, 'file')}${paired}, ${counted(faults, 'fault')}\n`
      stdout.write(json ? `${JSON.stringify({ backup: folder, files, rows, faults })}\n` : text)
      return faults > 0 ? 1 : 0
    }
    faults++
    const { path, problem, detail } = value
    const text = `${problem}: ${escapeControls(path)}${detail ? ` (${escapeControls(detail)})` : ''}\n`
    stdout.write(json ? `${JSON.stringify(value)}\n` : text)
  }
}
