import type { Upload } from '@sluice/core'

/** What a request brought: everything in memory, its sum within `policy.maxBytes`. */
export interface Form {
  /** At least one. */
  readonly files: readonly ReceivedFile[]
  readonly fields: ReadonlyMap<string, string>
}

export interface ReceivedFile {
  readonly upload: Upload
  readonly bytes: number
}

/** The parts of a file as they were cut out of the body: put together once, by `readLimited`. */
export function receivedFile(chunks: readonly Uint8Array[], name?: string): ReceivedFile {
  async function* body() {
    yield* chunks
  }
  return { upload: { body: body(), name }, bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) }
}
