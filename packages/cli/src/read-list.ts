import { readFile } from 'node:fs/promises'
import { type Terminal, UsageError } from './terminal.js'

/** The file names of a list, one a line; `-` reads standard input. */
export async function readList(path: string, { stdin }: Terminal): Promise<readonly string[]> {
  const text = path === '-' ? await readAll(stdin) : await readFile(path, 'utf8').catch(unreadable)
  return text.split(/\r?\n/).filter(line => line !== '')
}

/** Standard input as bytes, for a picture that is piped in. */
export async function* bytesOf(input: Terminal['stdin']): AsyncGenerator<Uint8Array> {
  for await (const part of input) yield typeof part === 'string' ? new TextEncoder().encode(part) : part
}

async function readAll(input: Terminal['stdin']): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of input)
    text += typeof part === 'string' ? part : decoder.decode(part, { stream: true })
  return text + decoder.decode()
}

function unreadable(thrown: Error): never {
  throw new UsageError(`the list could not be read: ${thrown.message}`)
}
