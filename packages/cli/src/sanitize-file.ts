import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type Body,
  type ErrorCode,
  type Kit,
  type Stage,
  type Stored,
  sanitize,
  UploadError,
  type UploadEvent,
} from '@sluice/core'

interface Input {
  /** As named on the command line. */
  readonly file: string
  /** Wall clock, from opening the file to the finished commit. */
  readonly ms: number
}

export interface Accepted extends Input {
  readonly ok: true
  readonly stored: Stored
}

export interface Refused extends Input {
  readonly ok: false
  readonly code: ErrorCode
  readonly status: number
  readonly stage: Stage
  readonly message: string
  /** Private, for whoever runs it. */
  readonly detail?: string | undefined
  /** What was learnt before the refusal. */
  readonly input: UploadEvent['input']
}

export type Outcome = Accepted | Refused

export interface Source {
  /** Its content, where it is no file on disk but standard input: without a name. */
  readonly given?: Body | undefined
  /** Whether its name is one that a client gave, whose extension must agree with the content. Default: true. */
  readonly isNamed?: boolean
}

/** Takes one file through the pipeline. Never throws: whatever is wrong with a file is its outcome. */
export async function sanitizeFile(
  file: string,
  kit: Kit,
  { given, isNamed = true }: Source = {},
): Promise<Outcome> {
  const start = performance.now()
  const elapsed = () => Math.round((performance.now() - start) * 10) / 10
  let input: UploadEvent['input']
  const onEvent = (event: UploadEvent) => {
    input = event.input
  }
  try {
    const pipeline = { ...kit, onEvent }
    const stored = await (given
      ? sanitize({ body: given }, pipeline)
      : sanitizeFromDisk(file, pipeline, isNamed))
    return { file, ok: true, stored, ms: elapsed() }
  } catch (thrown) {
    if (thrown instanceof UnreadableFile) return { file, ok: false, ...thrown.refusal, input, ms: elapsed() }
    const { code, status, stage = 'receive', message, detail } = UploadError.from(thrown, 'internal')
    return { file, ok: false, code, status, stage, message, detail, input, ms: elapsed() }
  }
}

/** @throws UnreadableFile also where reading fails on the way, which the pipeline takes for a sender that hung up */
async function sanitizeFromDisk(file: string, kit: Kit, isNamed: boolean): Promise<Stored> {
  const contentLength = await sizeOf(file)
  const body = createReadStream(file)
  let failure: NodeJS.ErrnoException | undefined
  body.on('error', thrown => {
    failure = thrown
  })
  try {
    return await sanitize({ body, contentLength, ...(isNamed ? { name: basename(file) } : {}) }, kit)
  } catch (thrown) {
    throw failure && !kit.signal?.aborted ? new UnreadableFile(describeFailure(failure)) : thrown
  } finally {
    body.destroy()
  }
}

/** What cannot be opened has not been refused by the pipeline: no upload had been there. */
class UnreadableFile extends Error {
  readonly refusal = { code: 'no-file', status: 400, stage: 'receive', message: this.message } as const
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((thrown: NodeJS.ErrnoException) => {
    throw new UnreadableFile(describeFailure(thrown))
  })
  if (found.isDirectory()) throw new UnreadableFile('This is a folder that cannot be read.')
  if (!found.isFile()) throw new UnreadableFile('This is not an ordinary file.')
  return found.size
}

function describeFailure({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'There is no such file.'
  if (code === 'EACCES' || code === 'EPERM') return `The file cannot be read: permission denied (${code}).`
  return `The file cannot be read (${code}).`
}
