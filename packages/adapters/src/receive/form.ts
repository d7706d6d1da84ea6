import { joined } from './joined.js'

/** What a request brought: everything in memory, its sum within `policy.maxBytes`. */
export interface Form {
  /** At least one. */
  readonly files: readonly ReceivedFile[]
  readonly fields: ReadonlyMap<string, string>
}

/** An `Upload` as `sanitize` takes it, whose length is known. */
export interface ReceivedFile {
  readonly body: Uint8Array
  /** As the client sent it; undefined where the image itself was the body. */
  readonly name: string | undefined
}

/** The pieces of a file as they were cut out of the body, put together. */
export function receivedFile(chunks: readonly Uint8Array[], name?: string): ReceivedFile {
  return { body: joined(chunks), name }
}
