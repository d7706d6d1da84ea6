import { formatOfExtension, type Header } from '@sluice/core'
import type { Inspected } from '@sluice/core/inspect'
import type { ComponentChildren } from 'preact'
import { nameOfKind } from '../kinds.js'
import type { Report } from '../report.js'
import { sayBytes, sayCount, sayPlace, sayTurn } from '../words.js'

interface Props {
  readonly report: Report
  readonly inspected: Inspected
}

/** What a file says of itself and carries. What does not come out again is struck through. */
export function Carried({ report, inspected }: Props) {
  const { file, made, notes, refused } = report
  const { content, header, headerProblem, metadata, trailing, markers } = inspected
  const gone = made ? 'gone' : ''
  const hidden = markers.filter(({ what }) => !isOrdinary.test(what) && what !== content)
  return (
    <section class="card" aria-labelledby="carried">
      <h2 id="carried">What the file says and carries</h2>
      <dl class="facts">
        <Fact name="Claims">{claimOf(file.name)}</Fact>
        <Fact name="Is">{header ? kindOf(header) : content}</Fact>
        {headerProblem !== undefined && !refused && <Fact name="Header">{headerProblem}</Fact>}
        {header && header.orientation !== 1 && (
          <Fact name="Turn">
            EXIF {header.orientation}: {sayTurn(header.orientation)}
            {made && ', drawn upright'}
          </Fact>
        )}
        {metadata?.takenAt !== undefined && (
          <Fact name="Taken" class={gone}>
            {metadata.takenAt.replace('T', ' ')}
          </Fact>
        )}
        {metadata?.camera !== undefined && (
          <Fact name="Camera" class={gone}>
            {metadata.camera}
          </Fact>
        )}
        {metadata?.location && (
          <Fact name="Place" class={gone}>
            {sayPlace(metadata.location)}
          </Fact>
        )}
        {metadata?.copyright !== undefined && (
          <Fact name="Copyright" class={gone}>
            {metadata.copyright}
          </Fact>
        )}
        {header && header.iccBytes > 0 && (
          <Fact name="Profile" class={gone}>
            {sayBytes(header.iccBytes)} of ICC
          </Fact>
        )}
        {header && header.metadataBytes > 0 && (
          <Fact name="Metadata" class={gone}>
            {sayBytes(header.metadataBytes)} in all
          </Fact>
        )}
        {hidden.map(({ what, offset }) => (
          <Fact name="Hidden" key={what} class={`${gone} note`}>
            {what}, at byte {sayCount(offset)}
          </Fact>
        ))}
        {trailing && (
          <Fact name="Behind its end" class={`${gone} note`}>
            {sayBytes(trailing.bytes)}: {trailing.content}
          </Fact>
        )}
        {notes
          .filter(({ code }) => !/-dropped$/.test(code))
          .map(({ code, message }) => (
            <Fact name="Mended" key={code}>
              {message}
            </Fact>
          ))}
      </dl>
    </section>
  )
}

function Fact({
  name,
  children,
  class: kind = '',
}: {
  readonly name: string
  readonly children: ComponentChildren
  readonly class?: string
}) {
  return (
    <>
      <dt>{name}</dt>
      <dd class={kind}>{children}</dd>
    </>
  )
}

/** Said elsewhere, by what they hold. */
const isOrdinary = /^(EXIF|XMP|a colour profile|Photoshop data|several pictures)/

function claimOf(name: string): string {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase()
  const format = extension && formatOfExtension(extension)
  return `${name}${format ? `, ${nameOfKind(format)} by its name` : ', nothing that is known'}`
}

function kindOf({
  format,
  width,
  height,
  bitDepth,
  colour,
  interlaced,
  scans,
  jpeg,
  frames,
  plays,
  alpha,
}: Header): string {
  const parts = [
    nameOfKind(format),
    `${sayCount(width)} x ${sayCount(height)}`,
    jpeg ? `${jpeg.process}, ${samplingOf(jpeg.sampling)}` : `${colour}, ${bitDepth} bits`,
    scans > 1 && `${sayCount(scans)} scans`,
    !jpeg && interlaced && 'interlaced',
    alpha && 'with alpha',
    frames > 1 && `${sayCount(frames)} frames, ${plays === 0 ? 'for ever' : `${plays} times`}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** As cameras call it: luma of two by two pixels a chroma sample is 4:2:0. */
function samplingOf(sampling: readonly (readonly [number, number])[]): string {
  const [luma, chroma] = sampling
  if (!luma || !chroma) return 'one component'
  const known: Readonly<Record<string, string>> = {
    '1x1': '4:4:4',
    '2x1': '4:2:2',
    '2x2': '4:2:0',
    '4x1': '4:1:1',
  }
  const factor = `${luma[0] / chroma[0]}x${luma[1] / chroma[1]}`
  return known[factor] ?? factor
}
