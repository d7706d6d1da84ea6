import { shareText } from '../gain.js'
import type { Report } from '../report.js'
import { sayBytes } from '../words.js'

/** What a screen reader says when something has become of a file. */
export function Announcer({ report }: { readonly report: Report | undefined }) {
  return (
    <p class="unseen" role="status">
      {report && announce(report)}
    </p>
  )
}

function announce({ file, made, refused }: Report): string {
  if (refused) return `${file.name} was refused at ${refused.stage}. ${refused.message}`
  if (!made) return `${file.name} is on its way.`
  const { format, width, height, bytes } = made
  const size = `${width} by ${height} pixels, ${sayBytes(bytes.length)}`
  return `${file.name} became a ${format} of ${size}: ${shareText(file.size, bytes.length)}.`
}
