import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
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
  /** What was learnt before the refusal. */
  readonly input: UploadEvent['input']
}

export type Outcome = Accepted | Refused

/** Takes one file down the road. Never throws: whatever is wrong with a file is its outcome. */
export async function sanitizeFile(file: string, kit: Kit): Promise<Outcome> {
  const start = performance.now()
  const elapsed = () => Math.round((performance.now() - start) * 10) / 10
  let input: UploadEvent['input']
  const onEvent = (event: UploadEvent) => {
    input = event.input
  }
  try {
    const contentLength = await sizeOf(file)
    const body = createReadStream(file)
    // Of a file that is refused by its name nobody reads, so that nobody would hear that it cannot be opened.
    body.on('error', () => {})
    try {
      const stored = await sanitize({ body, name: basename(file), contentLength }, { ...kit, onEvent })
      return { file, ok: true, stored, ms: elapsed() }
    } finally {
      body.destroy()
    }
  } catch (thrown) {
    if (thrown instanceof UnreadableFile) return { file, ok: false, ...thrown.refusal, input, ms: elapsed() }
    const { code, status, stage = 'receive', message } = UploadError.from(thrown, 'internal')
    return { file, ok: false, code, status, stage, message, input, ms: elapsed() }
  }
}

/** What cannot be opened has not been refused by the road: no upload had been there. */
class UnreadableFile extends Error {
  readonly refusal = { code: 'no-file', status: 400, stage: 'receive', message: this.message } as const
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((thrown: NodeJS.ErrnoException) => {
    const missing = thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR'
    throw new UnreadableFile(missing ? 'There is no such file.' : `The file cannot be read (${thrown.code}).`)
  })
  if (found.isDirectory()) throw new UnreadableFile('This is a folder.')
  if (!found.isFile()) throw new UnreadableFile('This is not an ordinary file.')
  return found.size
}
