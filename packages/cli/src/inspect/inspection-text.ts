import { escapeControls } from '../escape-controls.js'
import { describeOutcome } from '../outcome-json.js'
import { count, counted } from '../words.js'
import type { Answer } from './ask-parser.js'
import type { Inspection } from './inspect-file.js'

/** For a terminal: one fact a line. Whatever comes from the file is escaped. */
export function inspectionText(inspection: Inspection): string {
  const { file, bytes, sha256, content, fileType, exif, trailing, markers } = inspection
  const lines: (readonly [name: string, text: string])[] = [
    ['file', `${file}, ${counted(bytes, 'byte')}`],
    ['sha-256', sha256],
    ['is', content],
    ['file-type', answerText(fileType)],
    ['header', headerText(inspection)],
    ['price', priceText(inspection)],
    ['exif', answerText(exif)],
    ...markers.map(({ what, offset, count: times }) => {
      const more = times > 1 ? `, ${count(times)} times` : ''
      return ['carries', `${what} at byte ${count(offset)}${more}`] as const
    }),
    [
      'trailing',
      trailing ? `${counted(trailing.bytes, 'byte')} after the end: ${trailing.content}` : 'nothing',
    ],
    ['verdict', verdictText(inspection)],
  ]
  return lines.map(([name, text]) => `${name.padEnd(11)}${escapeControls(text)}\n`).join('')
}

/** The same as JSON. */
export function inspectionJson(inspection: Inspection) {
  return { ...inspection, verdict: describeOutcome(inspection.verdict) }
}

function answerText({ found, problem }: Answer): string {
  if (problem !== undefined) return `no answer: the parser ${problem}`
  const parts = Object.entries(found).map(([name, value]) => `${name} ${value}`)
  return parts.length > 0 ? parts.join(', ') : 'nothing'
}

function headerText({ header, headerProblem }: Inspection): string {
  if (!header) return headerProblem ?? 'none that is read here'
  const { width, height, orientation, frames, totalPixels, scans, bitDepth, colour } = header
  const { metadataBytes, iccBytes, exifBytes } = header
  return [
    `${width}x${height}`,
    `${colour}, ${bitDepth} bits`,
    `orientation ${orientation}`,
    `${counted(frames, 'frame')} of ${counted(totalPixels, 'pixel')} in all`,
    counted(scans, 'scan'),
    `${counted(metadataBytes, 'byte')} of metadata (profile ${count(iccBytes)}, EXIF ${count(exifBytes)})`,
  ].join('; ')
}

function priceText({ price }: Inspection): string {
  return price
    ? `${count(price.fuel)} units of work to decode, at most ${count(price.limit)} are allowed`
    : 'none'
}

function verdictText({ verdict }: Inspection): string {
  if (!verdict.ok) {
    const { stage, code, status, message } = verdict
    return `refused at ${stage} as ${code} (${status}): ${message}`
  }
  const { width, height, format, frames, bytes, notes } = verdict.stored
  const became = `accepted: a ${format} of ${width}x${height}, ${counted(frames, 'frame')}, ${counted(bytes, 'byte')}`
  return [became, ...notes.map(({ message }) => message)].join('; ')
}
