import type { ErrorCode, Stage } from '../errors/error-table.js'
import { UploadError } from '../errors/upload-error.js'
import type { Format } from '../formats/format.js'
import type { Note } from '../notes/notes.js'
import type { Policy } from '../policy/policy.js'
import { filesOf, type Left } from '../stored/discard.js'
import { hex } from '../text/hex.js'
import type { Probed, Stored, StoredFile } from './stages.js'

/**
 * The one structured record of an upload: all values are made or cleaned by us, so that no line can be
 * forged.
 */
export interface UploadEvent {
  /** `orphaned`: after a refusal, files that could not be deleted again; they are its `output`. */
  readonly event: 'upload.accepted' | 'upload.refused' | 'upload.orphaned'
  /** UTC, ISO 8601. */
  readonly time: string
  /** 64 random bits, hex: to find an upload again. */
  readonly id: string
  readonly policyVersion: string
  /** The stage that refused; `store` for an accepted upload. */
  readonly stage: Stage
  readonly code?: ErrorCode | undefined
  readonly status?: number | undefined
  readonly message?: string | undefined
  /** Private: what a codec or a store said. */
  readonly detail?: string | undefined
  readonly input?:
    | {
        readonly name: string
        readonly bytes: number
        readonly sha256?: string
        readonly format?: Format
        readonly width?: number
        readonly height?: number
        readonly frames?: number
      }
    | undefined
  readonly output?:
    | readonly { readonly key: string; readonly bytes: number; readonly sha256: string }[]
    | undefined
  /** Milliseconds at each stage; zero where the runtime's clock stands still during computation. */
  readonly ms: Readonly<Partial<Record<Stage, number>>>
  readonly notes?: readonly Note[] | undefined
  readonly context?: Readonly<Record<string, string>> | undefined
}

interface TraceOptions {
  readonly policy: Pick<Policy, 'version'>
  /** The client's name of the file, cleaned: told with its refusal. */
  readonly file?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: UploadEvent) => void) | undefined
  readonly context?: Readonly<Record<string, string>> | undefined
}

export type Trace = ReturnType<typeof traceUpload>

/** What the stages up to probe find out about the input, as far as an upload came. */
type KnownInput = Pick<Probed, 'name' | 'bytes'> & Partial<Pick<Probed, 'format' | 'header'>>

/**
 * Times the stages of one upload, looks at the abort signal between them, and ends in exactly one event.
 */
export function traceUpload({ policy, file, signal, onEvent, context }: TraceOptions) {
  const id = hex(crypto.getRandomValues(new Uint8Array(8)))
  const ms: Partial<Record<Stage, number>> = {}
  let stage: Stage = 'admit'
  let input: UploadEvent['input']

  /** Called at once: asynchronous only for what a logger may return. */
  const report = async (part: Pick<UploadEvent, 'event'> & Partial<UploadEvent>) => {
    const time = new Date().toISOString()
    const event = { time, id, policyVersion: policy.version, stage, input, ms, context, ...part }
    try {
      await onEvent?.(event)
    } catch (thrown) {
      // A finished upload must not fail by its logger, nor the process end. Its operator should hear of it.
      console.error('sluice: onEvent failed, the event of an upload is lost', thrown)
    }
  }

  return {
    async at<Value>(name: Stage, work: () => Value | Promise<Value>): Promise<Value> {
      stage = name
      if (signal?.aborted) throw new UploadError('aborted', {}, { stage, cause: signal.reason })
      const start = performance.now()
      try {
        return await work()
      } finally {
        ms[name] = Math.round((ms[name] ?? 0) + performance.now() - start)
      }
    },
    /** Keeps what a stage found out about the upload, for the event of one that is refused later. */
    learn<Known extends KnownInput>(known: Known): Known {
      input = describeInput(known)
      return known
    },
    accept(stored: Stored): Stored {
      const output = describeOutput(filesOf(stored))
      report({ event: 'upload.accepted', input: stored.input, output, notes: stored.notes })
      return stored
    },
    refuse(thrown: unknown): UploadError {
      const error = UploadError.from(thrown, 'internal', { stage, file })
      const { code, status, message, detail } = error
      report({ event: 'upload.refused', stage: error.stage ?? stage, code, status, message, detail })
      return error
    },
    /** What stays in the store although its upload was refused, and why. */
    orphaned(left: readonly Left<StoredFile>[]) {
      const [first] = left
      if (first === undefined) return
      const { code, status, message, detail } = UploadError.from(first.thrown, 'store-failed')
      const output = describeOutput(left.map(({ file }) => file))
      report({ event: 'upload.orphaned', stage: 'store', code, status, message, detail, output })
    },
  }
}

function describeOutput(files: readonly StoredFile[]): NonNullable<UploadEvent['output']> {
  return files.map(({ key, bytes, sha256 }) => ({ key, bytes, sha256 }))
}

function describeInput({ name, bytes, format, header }: KnownInput): UploadEvent['input'] {
  return {
    name,
    bytes: bytes.length,
    ...(format && { format }),
    ...(header && { width: header.width, height: header.height, frames: header.frames }),
  }
}
