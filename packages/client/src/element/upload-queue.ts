import { type Crop, type ErrorCode, UploadError, type Uploaded } from '@sluice/core'

/**
 * `waiting` for its turn, `sending`, `pausing` before it is sent once more, `uploaded`, `refused`,
 * `cancelled` by the person.
 */
export type UploadState = 'waiting' | 'sending' | 'pausing' | 'uploaded' | 'refused' | 'cancelled'

/** One file on its way. The queue alone changes it. */
export interface QueuedUpload {
  readonly file: File
  readonly crop: Crop | undefined
  readonly state: UploadState
  /** Share of the request that is sent, 0 to 1. */
  readonly progress: number
  /** Why it was refused, or is sent once more. */
  readonly error: UploadError | undefined
  readonly uploaded: Uploaded | undefined
}

export interface SendControl {
  readonly crop: Crop | undefined
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}

export interface QueueOptions {
  readonly send: (file: File, control: SendControl) => Promise<Uploaded>
  /** Told of every change of an upload. */
  readonly onChange: (upload: QueuedUpload) => void
  /** Resolves after so many milliseconds, or at once by the signal, or where the browser is online again. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Most uploads at a time, 1 or more; asked before each. Default: 2. */
  readonly concurrency?: () => number
}

/** What may be gone by itself a moment later; everything else is refused for good. */
const transient: ReadonlySet<ErrorCode> = new Set([
  'connection-lost',
  'busy',
  'rate-limited',
  'too-many-uploads',
  'renderer-unavailable',
])
const maxAttempts = 4
/** A longer wait is shown to the person, who may try again by hand. */
const longestPauseMs = 60_000

type Entry = { -readonly [Name in keyof QueuedUpload]: QueuedUpload[Name] } & {
  attempts: number
  abort: AbortController
}

/**
 * Sends files, a few at a time, in the order in which they came. What fails by the connection or because the
 * server is busy is sent once more, up to four times, with exponential backoff and jitter.
 */
export class UploadQueue {
  readonly #entries: Entry[] = []
  readonly #options: Required<QueueOptions>

  constructor(options: QueueOptions) {
    this.#options = { pause, concurrency: () => 2, ...options }
  }

  get uploads(): readonly QueuedUpload[] {
    return this.#entries
  }

  /** Whether anything is still on its way. */
  get isBusy(): boolean {
    return this.#entries.some(({ state }) => ['waiting', 'sending', 'pausing'].includes(state))
  }

  add(file: File, crop?: Crop): QueuedUpload {
    const entry: Entry = {
      file,
      crop,
      state: 'waiting',
      progress: 0,
      error: undefined,
      uploaded: undefined,
      attempts: 0,
      abort: new AbortController(),
    }
    this.#entries.push(entry)
    this.#change(entry, {})
    this.#next()
    return entry
  }

  /** Stops it where it is still on its way. */
  cancel(upload: QueuedUpload): void {
    const entry = this.#find(upload)
    if (entry === undefined || !['waiting', 'sending', 'pausing'].includes(entry.state)) return
    entry.abort.abort()
    this.#change(entry, { state: 'cancelled' })
    this.#next()
  }

  /** Sends what was refused or cancelled once more, from the start. */
  retry(upload: QueuedUpload): void {
    const entry = this.#find(upload)
    if (entry === undefined || !['refused', 'cancelled'].includes(entry.state)) return
    Object.assign(entry, { attempts: 0, abort: new AbortController() })
    this.#change(entry, { state: 'waiting', progress: 0, error: undefined })
    this.#next()
  }

  /** Forgets it. What the server has of it stays there. */
  remove(upload: QueuedUpload): void {
    this.cancel(upload)
    const entry = this.#find(upload)
    if (entry) this.#entries.splice(this.#entries.indexOf(entry), 1)
  }

  #find(upload: QueuedUpload): Entry | undefined {
    return this.#entries.find(entry => entry === upload)
  }

  #next(): void {
    const running = this.#entries.filter(({ state }) => state === 'sending').length
    const waiting = this.#entries.filter(({ state }) => state === 'waiting')
    for (const entry of waiting.slice(0, Math.max(0, this.#options.concurrency() - running)))
      void this.#send(entry)
  }

  /** Never rejects. */
  async #send(entry: Entry): Promise<void> {
    const { abort } = entry
    entry.attempts++
    this.#change(entry, { state: 'sending', progress: 0 })
    try {
      const uploaded = await this.#options.send(entry.file, {
        crop: entry.crop,
        signal: abort.signal,
        onProgress: progress => {
          if (entry.state === 'sending' && entry.abort === abort) this.#change(entry, { progress })
        },
      })
      if (entry.abort === abort && !abort.signal.aborted)
        this.#change(entry, { state: 'uploaded', progress: 1, uploaded, error: undefined })
    } catch (thrown) {
      if (entry.abort === abort && !abort.signal.aborted) await this.#fail(entry, thrown)
    }
    this.#next()
  }

  async #fail(entry: Entry, thrown: unknown): Promise<void> {
    const error = UploadError.from(thrown, 'internal')
    const milliseconds = pauseBefore(error, entry.attempts)
    if (milliseconds === undefined) return this.#change(entry, { state: 'refused', error })
    const { abort } = entry
    this.#change(entry, { state: 'pausing', error })
    this.#next()
    await this.#options.pause(milliseconds, abort.signal)
    if (entry.abort === abort && !abort.signal.aborted) this.#change(entry, { state: 'waiting' })
  }

  #change(entry: Entry, change: Partial<QueuedUpload>): void {
    Object.assign(entry, change)
    this.#options.onChange(entry)
  }
}

/** Exponential backoff with jitter, or as long as the server says; undefined where it is not sent again. */
function pauseBefore({ code, params }: UploadError, attempts: number): number | undefined {
  if (!transient.has(code) || attempts >= maxAttempts) return undefined
  const told = Number(params.retryAfter ?? 0) * 1000
  if (told > longestPauseMs) return undefined
  return Math.max(told, 1000 * 2 ** (attempts - 1)) * (1 + Math.random() / 4)
}

/** Ends early where the connection is back: nobody waits for a clock then. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      globalThis.removeEventListener?.('online', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
    globalThis.addEventListener?.('online', end)
  })
}
