import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** The lines of a text file, one after the other. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
}
