import { formatByteSize } from '@sluice/core'
import type { EndpointEvent, LogEvent } from './endpoint-event.js'

/**
 * The log of an endpoint that was given none: one line on stderr for each failure, for each upload that is
 * observed, and for what it tells of itself. A person gets words, everything else JSON. File names, which are
 * personal, are left out.
 * @param terminal whether a person reads along
 */
export function failureLog(terminal = isTerminal()): (event: LogEvent) => void {
  return event => {
    if (event.event === 'upload.accepted') return
    console.error(terminal ? inWords(event) : JSON.stringify(nameless(event)))
  }
}

type AboutUpload = Exclude<LogEvent, EndpointEvent>

function nameless(event: LogEvent): object {
  if (!isUpload(event) || event.input === undefined) return event
  const { name: _, ...input } = event.input
  return { ...event, input }
}

function inWords(event: LogEvent): string {
  if (!isUpload(event)) return `${event.event}: ${event.message}`
  const { code, status, stage, id, message, detail, context = {} } = event
  const who = Object.entries(context).map(([name, value]) => `${name} ${printable(value)}`)
  const found = code === undefined ? [] : [code, String(status), `at ${stage}`]
  const more = detail === undefined ? '' : ` (${printable(detail)})`
  const parts = [...found, ...measured(event), ...who, `id ${id}`].join(', ')
  return `${what(event)}: ${parts}${message === undefined ? '' : `: ${message}`}${more}`
}

function what(event: AboutUpload): string {
  if (event.event === 'upload.observed')
    return `upload would be ${event.would === 'accept' ? 'accepted' : 'refused'}`
  return event.event === 'upload.orphaned' ? 'files are left that belong to no upload' : 'upload refused'
}

/** What an observed upload brought and took; of orphans, which they are. */
function measured(event: AboutUpload): readonly string[] {
  const { output = [] } = event
  if (event.event === 'upload.orphaned') return output.map(({ key }) => key)
  if (event.event !== 'upload.observed') return []
  const { bodyBytes, processorMs } = event
  const made = output.reduce((sum, { bytes }) => sum + bytes, 0)
  return [
    `${formatByteSize(bodyBytes)} in`,
    ...(made > 0 ? [`${formatByteSize(made)} out`] : []),
    ...(processorMs === undefined ? [] : [`${processorMs} ms of processor time`]),
  ]
}

function isUpload(event: LogEvent): event is AboutUpload {
  return 'id' in event
}

/** On one line, and without a sequence that a terminal would obey. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function isTerminal(): boolean {
  const { process } = globalThis as { process?: { stderr?: { isTTY?: boolean } } }
  return process?.stderr?.isTTY === true
}
