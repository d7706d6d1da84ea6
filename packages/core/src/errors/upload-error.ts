import { type ErrorCode, type ErrorRow, errorTable, type Stage } from './error-table.js'
import { sayRefusal } from './messages.js'

/** Numbers and short cleaned words that fill the `{name}` places of a message. */
export type ErrorParams = Readonly<Record<string, string | number>>

export interface UploadErrorOptions {
  /** The message in other words, such as another language. As public as the one that it stands for. */
  readonly message?: string | undefined
  /** The stage that refused, where it is not the usual one of the code. */
  readonly stage?: Stage | undefined
  /** The client's name of the file that was refused, cleaned: see `shownName`. */
  readonly file?: string | undefined
  /** Private: for logs only. May hold what the sender must not see. */
  readonly detail?: string | undefined
  readonly cause?: unknown
}

/** What anybody may see of an error: this is what `JSON.stringify` makes of it. */
export interface PublicUploadError {
  readonly code: ErrorCode
  readonly status: number
  readonly stage?: Stage
  readonly message: string
  readonly params: ErrorParams
  readonly file?: string
}

/** What crosses a thread or goes into a log: an error without its stack. */
export interface UploadErrorRecord extends PublicUploadError {
  readonly detail?: string
}

/**
 * The one error of this library. `message` is public and safe to show; `detail` and `cause` are for logs.
 * Switch on `code`; the codes, their HTTP status and their meaning are in `errorTable`.
 */
export class UploadError extends Error {
  override readonly name = 'UploadError'
  readonly code: ErrorCode
  readonly status: number
  /** The stage that refused. Undefined for an `internal` whose thrower did not say it. */
  readonly stage: Stage | undefined
  readonly params: ErrorParams
  /** Which file was refused, where several were sent or it had a name: cleaned, safe to show. */
  readonly file: string | undefined
  readonly detail: string | undefined

  constructor(code: ErrorCode, params: ErrorParams = {}, options: UploadErrorOptions = {}) {
    const row: ErrorRow = errorTable[code]
    super(
      options.message ?? sayRefusal(code, params),
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.code = code
    this.status = row.status
    this.stage = options.stage ?? row.stage
    this.params = params
    this.file = options.file
    this.detail = options.detail
  }

  /** Turns anything thrown into the one error: numbers, strings and foreign errors become `fallback`. */
  static from(thrown: unknown, fallback: ErrorCode, options: UploadErrorOptions = {}): UploadError {
    if (thrown instanceof UploadError) return thrown.#at(options)
    return new UploadError(fallback, {}, { detail: describeThrown(thrown), cause: thrown, ...options })
  }

  /** The same error with a stage and a file, where its thrower said none. */
  #at({ stage, file }: UploadErrorOptions): UploadError {
    const known = { stage: this.stage ?? stage, file: this.file ?? file }
    if (known.stage === this.stage && known.file === this.file) return this
    const { code, params, message, detail, cause } = this
    return new UploadError(code, params, { message, ...known, detail, cause })
  }

  /** Public, for `JSON.stringify`: an error written into an answer does not leak `detail`. */
  toJSON(): PublicUploadError {
    const { code, status, stage, message, params, file } = this
    return { code, status, ...(stage && { stage }), message, params, ...(file && { file }) }
  }

  /** Private, for another thread or a log: with `detail`. */
  toRecord(): UploadErrorRecord {
    const { detail } = this
    return { ...this.toJSON(), ...(detail === undefined ? {} : { detail }) }
  }

  static fromRecord({ code, params, stage, message, file, detail }: UploadErrorRecord): UploadError {
    return new UploadError(code, params, { stage, message, file, detail })
  }
}

/** Codecs throw numbers, ExitStatus objects and strings besides errors. */
function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`.slice(0, 500)
  return `${typeof thrown}: ${String(thrown)}`.slice(0, 500)
}
