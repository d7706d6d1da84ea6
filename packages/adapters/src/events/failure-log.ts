import type { UploadEvent } from '@sluice/core'
import type { LogEvent } from './endpoint-event.js'

/**
 * The log of an endpoint that was given none: one line on stderr for each failure, and for what it tells of
 * itself. A person gets words, everything else JSON. File names, which are personal, are left out.
 * @param terminal whether a person reads along
 */
export function failureLog(terminal = isTerminal()): (event: LogEvent) => void {
  return event => {
    if (event.event === 'upload.accepted') return
    console.error(terminal ? inWords(event) : JSON.stringify(nameless(event)))
  }
}

function nameless(event: LogEvent): object {
  if (!isUpload(event) || event.input === undefined) return event
  const { name: _, ...input } = event.input
  return { ...event, input }
}

function inWords(event: LogEvent): string {
  if (!isUpload(event)) return `${event.event}: ${event.message}`
  const { code, status, stage, id, message, detail, context = {} } = event
  const who = Object.entries(context).map(([name, value]) => `${name} ${printable(value)}`)
  const more = detail === undefined ? '' : ` (${printable(detail)})`
  return `upload refused: ${code}, ${status}, at ${stage}, ${[...who, `id ${id}`].join(', ')}: ${message}${more}`
}

function isUpload(event: LogEvent): event is UploadEvent {
  return event.event === 'upload.accepted' || event.event === 'upload.refused'
}

/** On one line, and without a sequence that a terminal would obey. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function isTerminal(): boolean {
  const { process } = globalThis as { process?: { stderr?: { isTTY?: boolean } } }
  return process?.stderr?.isTTY === true
}
