import type { Command } from 'commander'
import { DumpError } from '../backup/dump-database.js'
import { makeBackup } from '../backup/make-backup.js'
import { escapeControls } from '../escape-controls.js'
import type { ExitCode, Terminal } from '../terminal.js'
import { counted } from '../words.js'

interface Options {
  readonly to: string
  readonly database?: string
}

export function backupCommand(
  program: Command,
  { stdout, stderr }: Terminal,
  exit: (code: ExitCode) => void,
) {
  program
    .command('backup')
    .description('copy a folder of finished images together with a dump of the database')
    .argument('<folder>', 'the public folder of a store')
    .requiredOption('--to <folder>', 'where backups are kept; each gets a folder named by its UTC time')
    .option('--database <command>', 'a shell command that prints a dump, run before the files are copied')
    .action(async (folder: string, { to, database }: Options) => {
      try {
        const made = await makeBackup(folder, to, database)
        const what = database === undefined ? 'no database' : 'the database'
        stdout.write(
          `${escapeControls(made.folder)}: ${counted(made.files, 'file')}, ${counted(made.bytes, 'byte')}, ${what}\n`,
        )
        exit(0)
      } catch (thrown) {
        if (!(thrown instanceof DumpError)) throw thrown
        stderr.write(`sluice: no backup was made: ${thrown.message}\n`)
        exit(1)
      }
    })
}
