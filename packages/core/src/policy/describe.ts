import { formatTable } from '../formats/format.js'
import { formatByteSize } from '../text/byte-size.js'
import type { Policy } from './policy.js'
import { imagePurposes, settingPurposes } from './setting-purposes.js'
import { imageRules, settingRules } from './setting-rules.js'
import type { ImageSettings, PolicySettings } from './settings.js'

/**
 * The policy as a Markdown document: permitted types, extensions, sizes packed and unpacked, every setting,
 * and what happens to a malicious file, as OWASP ASVS 5.0, 5.1.1 wants it documented.
 */
export function describePolicy(policy: Policy): string {
  return [
    '# Upload policy',
    `Version \`${policy.version}\` (64-bit FNV-1a of the settings).`,
    '## What may be uploaded',
    acceptedTable(policy),
    sizeSentences(policy),
    '## What becomes of an upload',
    'Every accepted image is decoded, turned upright, converted to sRGB, resized and encoded anew. Nothing of the ' +
      `uploaded file is kept${keptSentence(policy)}. It is stored under a random name.`,
    imageTable({ main: policy.output, ...policy.variants }),
    '## What becomes of a malicious or broken file',
    maliciousList(policy),
    '## All settings',
    settingsTable(policy),
    '',
  ].join('\n\n')
}

function keptSentence({ keep }: Policy): string {
  const nothing = ': no metadata, no colour profile, no name'
  return keep.length === 0 ? nothing : ` but its ${keep.join(', ')}, as text drawn anew${nothing} besides`
}

function acceptedTable({ formats, extensions }: Policy): string {
  return table(
    ['Format', 'Content type', 'Extensions'],
    formats.map(format => {
      const { type, extensions: known } = formatTable[format]
      const accepted = known.filter(extension => extensions.includes(extension))
      return [format.toUpperCase(), `\`${type}\``, accepted.map(extension => `.${extension}`).join(', ')]
    }),
  )
}

function sizeSentences({ maxBytes, maxFileBytes, maxPixels, maxFrames, maxTotalPixels }: Policy): string {
  return [
    `- Largest file: ${formatByteSize(maxFileBytes)} (${count(maxFileBytes)} bytes); all files of a request and its ` +
      `framing: ${formatByteSize(maxBytes)}.`,
    `- Unpacked: ${count(maxPixels)} pixels in a frame, which are ${formatByteSize(maxPixels * 4)} as RGBA.`,
    `- Animations: ${count(maxFrames)} frames with ${count(maxTotalPixels)} pixels in all of them together.`,
  ].join('\n')
}

function imageTable(images: Readonly<Record<string, ImageSettings>>): string {
  return table(
    ['Image', 'Format', 'Size', 'Quality', 'Effort'],
    Object.entries(images).map(
      ([name, { format, fit, enlarge, maxWidth, maxHeight, focus, quality, effort }]) => [
        name,
        format === 'same' ? 'that of the upload' : format.toUpperCase(),
        (fit === 'inside'
          ? `fits inside ${maxWidth} x ${maxHeight}`
          : `covers ${maxWidth} x ${maxHeight} around ${focus.x}, ${focus.y}`) +
          (enlarge ? ', enlarged where smaller' : ', never enlarged'),
        String(quality),
        String(effort),
      ],
    ),
  )
}

function maliciousList(policy: Policy): string {
  const { mismatch, nameless, trailingData, timeMs, memoryMb, headroom } = policy
  return [
    '- It is refused as a whole, with an error code and an HTTP status; nothing of it is stored.',
    '- Size, name, type, dimensions, frames, scans and metadata are checked before any pixel is decoded.',
    `- An extension that does not fit the content is ${mismatch === 'refuse' ? 'refused' : 'allowed'}.`,
    `- A name without an extension is ${nameless === 'refuse' ? 'refused' : 'accepted: the content decides'}.`,
    `- Bytes after the end of the image are ${trailingData === 'refuse' ? 'refused' : 'dropped'}.`,
    `- Decoding runs in a sandbox of its own with ${memoryMb} MiB of memory, ends after ${count(timeMs)} ms, and may ` +
      `take ${headroom} times the work that the image is priced at.`,
    '- An incomplete picture is refused, never filled in. Damage that leaves the picture whole, such as a missing end ' +
      `marker, is ${policy.repair === 'none' ? 'refused too' : 'mended and noted'}.`,
    '- Every refusal is reported in one structured event with the hash of the policy.',
  ].join('\n')
}

function settingsTable(policy: Policy): string {
  const names = Object.keys(settingRules) as (keyof PolicySettings)[]
  return table(
    ['Setting', 'Value', 'What it is for'],
    names.flatMap(name => {
      const { kind } = settingRules[name]
      const doc = settingPurposes[name]
      if (kind === 'image') return [[name, 'the rows that follow', doc], ...imageRows(name, policy.output)]
      if (kind === 'variants')
        return [
          [name, `${Object.keys(policy.variants).length}`, doc],
          ...Object.entries(policy.variants).flatMap(([variant, image]) =>
            imageRows(`${name}.${variant}`, image),
          ),
        ]
      return [[name, show(kind, policy[name]), doc]]
    }),
  )
}

function imageRows(path: string, image: ImageSettings): string[][] {
  const names = Object.keys(imageRules) as (keyof ImageSettings)[]
  return names.map(name => {
    const { kind } = imageRules[name]
    return [`${path}.${name}`, show(kind, image[name]), imagePurposes[name]]
  })
}

function show(kind: string, value: unknown): string {
  if (kind === 'bytes') return formatByteSize(value as number)
  if (typeof value === 'number') return count(value)
  if (Array.isArray(value)) return value.join(', ') || 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** `64000000` as `64,000,000`, whatever the locale of the machine. */
function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 })
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}
