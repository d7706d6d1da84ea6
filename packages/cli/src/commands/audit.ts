import { nearestName, type Records } from '@sluice/core'
import { isErrno } from '@sluice/stores/fs/durable'
import { type Command, InvalidArgumentError } from 'commander'
import { canReadAttributes } from '../audit/attributes.js'
import { audit, couldNotLook, type Report } from '../audit/audit.js'
import { auditPage, startShown } from '../audit/audit-page.js'
import { findingLine, refusalsText, sum, summaryText } from '../audit/audit-text.js'
import { type Problem, problems } from '../audit/finding.js'
import { type Known, listOfSums, nothingKnown } from '../audit/known.js'
import { knownByRecords } from '../audit/known-by-records.js'
import { type Moved, quarantine, quarantineOf } from '../audit/quarantine.js'
import { countRefusals, type Refusals } from '../audit/refusals.js'
import { escapeControls } from '../escape-controls.js'
import { openLibrary } from '../library/open-library.js'
import { openRecords } from '../library/open-records.js'
import { loadPolicy } from '../load-policy.js'
import { writePage } from '../page/write-page.js'
import { startQuietProgress } from '../progress.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { counted } from '../words.js'
import { parseJobs } from './option-values.js'

interface Options {
  readonly policy?: string
  readonly incoming?: string
  readonly endpoint?: string
  readonly records?: string
  readonly sums?: string
  readonly log?: string
  readonly allow?: ReadonlySet<Problem>
  readonly jobs: number
  readonly checkpoint?: string
  readonly fix?: boolean
  readonly quarantine?: string
  readonly html?: string
  readonly json?: boolean
}

export function auditCommand(program: Command, terminal: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('audit')
    .description('find whatever does not belong among finished images, and count what does')
    .argument('<store>', 'the public folder of a store, or s3://BUCKET/PREFIX')
    .option('--policy <file>', 'check the images against this policy')
    .option('--records <file>', 'the records to compare with: an SQLite file, or postgres://…')
    .option('--sums <file>', 'the SHA256SUMS of a backup: report what has changed or disappeared since')
    .option('--log <file>', 'count the refusals in a log of one JSON object per line')
    .option(
      '--allow <problems>',
      'kinds of findings to count but not report, separated by commas',
      parseProblems,
    )
    .option('--incoming <folder>', 'where commits are prepared, if not in the default folder')
    .option('--endpoint <url>', 'endpoint of an S3 service other than Amazon, such as R2')
    .option('--jobs <n>', 'uploads to process in parallel', parseJobs, 4)
    .option('--checkpoint <folder>', 'keep progress there, and resume where the previous run was interrupted')
    .option('--fix', 'move what must never be served into a private folder; nothing is deleted')
    .option('--quarantine <folder>', 'where --fix moves files to, if not .NAME-quarantine next to the folder')
    .option('--html <file>', 'write an HTML report')
    .option('--json', 'one JSON object per finding, and a last one with the counts')
    .action(async (store: string, options: Options) => {
      exit(await auditStore(store, options, terminal))
    })
}

async function auditStore(store: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { json = false, html, incoming, endpoint } = options
  const { stdout } = terminal
  const start = Date.now()
  const policy = await loadPolicy(options.policy)
  const library = openLibrary(store, { incoming, endpoint })
  if (options.fix) quarantineOf(library, options.quarantine)
  if (html !== undefined) await writePage(html, '')
  const refusals = options.log === undefined ? undefined : await countRefusals(options.log)
  const attributes = library.folder !== undefined && (await canReadAttributes())
  const records = options.records === undefined ? undefined : await openRecords(options.records)
  const signal = terminal.interruption?.()
  const shown = startShown()
  const progress = startQuietProgress(await library.count().catch(cannotLook), terminal)
  let moved: Moved | undefined
  const report = await audit(library, {
    policy,
    jobs: options.jobs,
    allow: options.allow ?? new Set(),
    incoming,
    checkpoint: options.checkpoint,
    attributes,
    known: knownBy(options, records),
    signal,
    onFinding(finding) {
      shown.add(finding)
      stdout.write(json ? `${JSON.stringify(finding)}\n` : findingLine(finding))
    },
    async afterwards(findings) {
      if (options.fix) moved = await quarantine(library, findings, options.quarantine)
    },
    onProgress: progress.update,
  })
    .catch(cannotLook)
    .finally(async () => {
      progress.stop()
      await records?.close()
    })
  const told = { report, refusals, moved, attributes: attributes || library.folder === undefined }
  stdout.write(json ? jsonOf(told) : textOf(told))
  if (html !== undefined) {
    const time = { start, ms: Date.now() - start }
    await writePage(
      html,
      auditPage({ name: library.name, policy, report, refusals, moved, shown: shown.all, time }),
    )
  }
  if (signal?.aborted) return 130
  if (couldNotLook(report.findings)) return 2
  return sum(report.findings) > 0 ? 1 : 0
}

function knownBy({ sums }: Options, records: Records | undefined): Known {
  const known = records ? knownByRecords(records) : nothingKnown
  return sums === undefined ? known : { ...known, list: listOfSums(sums) }
}

/** The place itself, and lists of it: an operator's matter, in one line. */
function cannotLook(thrown: unknown): never {
  if (isErrno(thrown, 'ENOENT', 'EACCES', 'EPERM', 'EIO', 'ENOSPC', 'EROFS', 'EISDIR'))
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown))
  throw thrown
}

interface Told {
  readonly report: Report
  readonly refusals: Refusals | undefined
  readonly moved: Moved | undefined
  /** Whether extended attributes were looked at, where there can be some. */
  readonly attributes: boolean
}

function jsonOf({ report, refusals, moved, attributes }: Told): string {
  const { statistics, findings, allowed, complete } = report
  const counts = { files: statistics.files, findings: sum(findings), complete, attributes }
  return `${JSON.stringify({ summary: { ...counts, problems: findings, allowed, statistics, refusals, moved } })}\n`
}

function textOf({ report, refusals, moved, attributes }: Told): string {
  const lines = [summaryText(report)]
  if (!attributes) lines.push('not checked: extended attributes, because getfattr is not installed\n')
  if (refusals) lines.push(refusalsText(refusals))
  if (moved) {
    lines.push(`moved:    ${counted(moved.moved, 'file')} to ${escapeControls(moved.folder)}\n`)
    for (const { path, why } of moved.left) lines.push(`not moved: ${escapeControls(`${path}: ${why}`)}\n`)
  }
  return lines.join('')
}

function parseProblems(text: string): ReadonlySet<Problem> {
  const names = text.split(',').map(name => name.trim())
  for (const name of names) {
    if (Object.hasOwn(problems, name)) continue
    const nearest = nearestName(name, Object.keys(problems))
    throw new InvalidArgumentError(`There is no ${name}.${nearest ? ` Is it ${nearest}?` : ''}`)
  }
  return new Set(names as Problem[])
}
