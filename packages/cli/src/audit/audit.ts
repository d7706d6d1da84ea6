import { lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Policy } from '@sluice/core'
import { ignoreMissing } from '@sluice/stores/fs/durable'
import { folderMode, incomingFolderOf, isMonthFolder } from '@sluice/stores/fs/layout'
import type { Entry, Library } from '../library/library.js'
import { type Journal, openJournal } from '../lists/journal.js'
import { linesOf } from '../lists/read-lines.js'
import { mapInOrder } from '../map-in-order.js'
import { findAttributes } from './attributes.js'
import { findDuplicates } from './duplicates.js'
import { type Finding, type Problem, rowOf } from './finding.js'
import { type Facts, type Inspected, inspectFile, octal, type Rules } from './inspect-file.js'
import { inspectIncoming } from './inspect-incoming.js'
import { inspectUpload, stemOf } from './inspect-upload.js'
import type { Known, List } from './known.js'
import { count, type Statistics, startStatistics } from './statistics.js'

export interface AuditOptions {
  readonly policy: Policy
  readonly jobs: number
  /** Kinds of findings that are counted, and no reason to look. */
  readonly allow: ReadonlySet<Problem>
  readonly incoming?: string | undefined
  /** Where progress is kept. */
  readonly checkpoint?: string | undefined
  readonly attributes: boolean
  readonly known: Known
  readonly signal?: AbortSignal | undefined
  /** Told of each finding, also of those of the run before that was cut off. */
  onFinding(finding: Finding): void | Promise<void>
  /** Given all findings in the end, where nothing was cut off. */
  afterwards?(findings: AsyncIterable<Finding>): Promise<void>
  /** Told how many files are done. */
  onProgress(files: number): void
}

export interface Report {
  readonly statistics: Statistics
  readonly findings: Partial<Record<Problem, number>>
  /** The same, of kinds that are allowed. */
  readonly allowed: Partial<Record<Problem, number>>
  /** Whether all was looked at. */
  readonly complete: boolean
}

interface State {
  /** The last path that was looked at. */
  after: string
  readonly statistics: Statistics
  readonly findings: Partial<Record<Problem, number>>
  readonly allowed: Partial<Record<Problem, number>>
}

/** Uploads between two states on the disk: so much is looked at again after a crash. */
const savedEvery = 250

/**
 * Looks at everything in a library, in the order of its paths, and changes nothing. Memory does not grow with it, and with
 * a checkpoint it goes on where it was cut off.
 */
export async function audit(library: Library, options: AuditOptions): Promise<Report> {
  const { checkpoint, policy, signal } = options
  const subject = `audit of ${library.name} by policy ${policy.version}`
  const journal = await openJournal<State>(checkpoint, subject, ['findings', 'sums'])
  const state = journal.saved ?? { after: '', statistics: startStatistics(), findings: {}, allowed: {} }
  const run = new Run(library, options, journal, state, await rulesFor(library, policy))
  await run.repeat()
  await run.walk()
  if (signal?.aborted) {
    await journal.save(state)
    if (checkpoint === undefined) await journal.remove()
    else await journal.close()
    return { ...state, complete: false }
  }
  await run.finish()
  await options.afterwards?.(run.findings())
  await journal.remove()
  return { ...state, complete: true }
}

class Run {
  #unsaved = 0
  readonly #list: List | undefined

  constructor(
    readonly library: Library,
    readonly options: AuditOptions,
    readonly journal: Journal<State>,
    readonly state: State,
    readonly rules: Rules,
  ) {
    this.#list = options.known.list?.(state.after)
  }

  /** Those so far, also of the run before. */
  async *findings(): AsyncGenerator<Finding> {
    for await (const line of linesOf(await this.journal.read('findings'))) yield JSON.parse(line)
  }

  /** Tells what the run before had found. */
  async repeat(): Promise<void> {
    if (this.journal.saved === undefined) return
    for await (const finding of this.findings()) await this.options.onFinding(finding)
  }

  async walk(): Promise<void> {
    const { library, state, options, rules } = this
    const work = async (group: Group) => ({
      group,
      inspected: await inspectGroup(library, group, rules, options.known),
    })
    const groups = groupsIn(library.entries(state.after))
    for await (const { group, inspected } of mapInOrder(groups, options.jobs, work, options.signal)) {
      for (const { facts } of inspected.files) if (facts) await this.meet(facts, inspected.role)
      for (const finding of inspected.findings) await this.tell(finding)
      state.after = group.last
      options.onProgress(state.statistics.files)
      this.#unsaved++
      if (this.#unsaved >= savedEvery) await this.save()
    }
  }

  async meet(facts: Facts, role: string | undefined): Promise<void> {
    if (this.#list) await this.tellAll(this.#list.meet(facts))
    // A small picture and its variants may well be the same.
    if (facts.variant === 'main') await this.journal.write('sums', `${facts.sha256}  ${facts.key}`)
    count(this.state.statistics, facts, role)
  }

  async save(): Promise<void> {
    await this.journal.save(this.state)
    this.#unsaved = 0
  }

  /** What can only be said when all was seen. */
  async finish(): Promise<void> {
    const { library, options, state, rules } = this
    const { folder } = library
    if (folder !== undefined) {
      await this.tellAll(inspectFolder(folder, '.', rules))
      const incoming = options.incoming ?? incomingFolderOf(folder)
      await this.tellAll(inspectIncoming(folder, incoming, rules))
      if (options.attributes) await this.tellAll(findAttributes(folder))
    }
    const sums = await this.journal.read('sums')
    for await (const { key, other } of findDuplicates(sums, state.statistics.files))
      if (!(await options.known.mayRepeat(key)))
        await this.tell({ path: key, problem: 'duplicate', detail: other })
    if (this.#list) await this.tellAll(this.#list.rest())
    await this.tellAll(options.known.withoutFiles(library, rules.now))
  }

  async tellAll(findings: AsyncIterable<Finding>): Promise<void> {
    for await (const finding of findings) await this.tell(finding)
  }

  async tell(finding: Finding): Promise<void> {
    const { allow, onFinding } = this.options
    const counts = allow.has(finding.problem) ? this.state.allowed : this.state.findings
    counts[finding.problem] = (counts[finding.problem] ?? 0) + 1
    if (allow.has(finding.problem)) return
    await this.journal.write('findings', JSON.stringify(finding))
    await onFinding(finding)
  }
}

/** Whether something was found that nobody could look at. */
export function couldNotLook(findings: Report['findings']): boolean {
  return (Object.keys(findings) as Problem[]).some(problem => rowOf(problem).unknown)
}

async function rulesFor({ folder }: Library, policy: Policy): Promise<Rules> {
  return { policy, now: Date.now(), uid: folder === undefined ? undefined : (await stat(folder)).uid }
}

/** The files of one upload, and what else has a name like theirs; or something else, alone. */
interface Group {
  readonly stem: string
  readonly files: Entry[]
  readonly others: Entry[]
  /** Its last path in the order of all. */
  last: string
}

async function* groupsIn(entries: AsyncIterable<Entry>): AsyncGenerator<Group> {
  let group: Group | undefined
  for await (const entry of entries) {
    const stem = entry.kind === 'file' ? stemOf(entry.path) : undefined
    if (group && !(entry.path.startsWith(group.stem) && group.stem !== '')) {
      yield group
      group = undefined
    }
    group ??= { stem: stem ?? '', files: [], others: [], last: '' }
    if (stem === undefined) group.others.push(entry)
    else group.files.push(entry)
    group.last = entry.path
  }
  if (group) yield group
}

interface InspectedGroup {
  readonly files: readonly Inspected[]
  readonly findings: readonly Finding[]
  readonly role?: string | undefined
}

async function inspectGroup(
  library: Library,
  { stem, files: entries, others }: Group,
  rules: Rules,
  known: Known,
): Promise<InspectedGroup> {
  const files: Inspected[] = []
  for (const { path } of entries) files.push(await inspectFile(library, path, rules))
  const findings = files.flatMap(({ findings }) => findings)
  for (const entry of others)
    for await (const finding of inspectOther(library, entry, rules)) findings.push(finding)
  if (entries.length === 0) return { files, findings }
  const facts = files.flatMap(({ facts }) => facts ?? [])
  const { findings: recorded, role } = await known.check(stem, facts, rules.now)
  findings.push(...inspectUpload(stem, facts, rules.policy), ...recorded)
  return { files, findings, role }
}

const problemOf = { file: 'name', link: 'link', other: 'special', folder: 'folder' } as const

/** What is no file under a name of ours. */
async function* inspectOther(
  { folder }: Library,
  { path, kind, detail }: Entry,
  rules: Rules,
): AsyncGenerator<Finding> {
  if (kind === 'unreadable') yield { path, problem: kind, ...(detail ? { detail } : {}) }
  else if (kind === 'folder' && folder !== undefined && isMonthFolder(path.slice(0, -1)))
    yield* inspectFolder(join(folder, path), path, rules)
  else yield { path, problem: problemOf[kind] }
}

/** A folder of ours: the public one, and those of months. */
async function* inspectFolder(place: string, path: string, { uid }: Rules): AsyncGenerator<Finding> {
  const found = await lstat(place).catch(ignoreMissing)
  if (found === undefined || process.platform === 'win32') return
  const mode = found.mode & 0o7777
  if (mode !== folderMode) yield { path, problem: 'mode', detail: `${octal(mode)}, not ${octal(folderMode)}` }
  if (found.uid !== uid) yield { path, problem: 'owner', detail: `owned by ${found.uid}, not ${uid}` }
}
