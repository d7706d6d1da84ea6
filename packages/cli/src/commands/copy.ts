import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { reportingFailures } from '../backup/failures.js'
import { escapeControls } from '../escape-controls.js'
import type { Library } from '../library/library.js'
import { openLibrary } from '../library/open-library.js'
import { copyLibrary } from '../moving/copy-library.js'
import { startQuietProgress } from '../progress.js'
import type { ExitCode, Terminal } from '../terminal.js'
import { counted, size } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly endpoint?: string
  readonly progress?: string
  readonly jobs: number
  readonly json?: boolean
}

export function copyCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('copy')
    .description(
      'copy all images of a store to another, from folder to bucket or back, and verify the copies',
    )
    .argument('<from>', 'the public folder of a store, or s3://BUCKET/PREFIX')
    .argument('<to>', 'another store, in the same form')
    .option('--endpoint <url>', 'endpoint of an S3 service other than Amazon, such as R2')
    .option('--progress <folder>', 'where progress is kept, if not in the system folder for temporary files')
    .option('--jobs <n>', 'uploads to process in parallel', parseJobs, 4)
    .option('--json', 'the counts as JSON')
    .action(async (from: string, to: string, options: Options) => {
      const libraries = [openLibrary(from, options), openLibrary(to, { ...options, make: true })] as const
      const work = () => copy(...libraries, options, terminal)
      exit(await reportingFailures(terminal, 'not everything was copied', work))
    })
}

async function copy(from: Library, to: Library, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { jobs, json, progress: folder = progressOf(from, to) } = options
  const signal = terminal.interruption?.()
  const bar = startQuietProgress(await from.count(), terminal)
  const given = { progress: folder, jobs, signal, onResult: bar.update }
  const { state, complete } = await copyLibrary(from, to, given).finally(bar.stop)
  const { copied, there, bytes } = state
  const text = `${counted(copied, 'file')} copied, ${counted(there, 'file')} already there, ${size(bytes)}\n`
  terminal.stdout.write(json ? `${JSON.stringify({ ...state, complete })}\n` : text)
  if (complete) return 0
  terminal.stderr.write(`sluice: interrupted; run it again to resume (${escapeControls(folder)})\n`)
  return 130
}

/** The same for the same two places. */
function progressOf(...libraries: readonly Library[]): string {
  const names = libraries.map(({ name, folder }) => folder ?? name).join('\n')
  const hash = createHash('sha256')
    .update(`${resolve('.')}\n${names}`)
    .digest('hex')
  return join(tmpdir(), `sluice-copy-${process.getuid?.() ?? 'user'}-${hash.slice(0, 16)}`)
}
