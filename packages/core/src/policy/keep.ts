import type { Format } from '../formats/format.js'
import { carriesExif } from '../formats/keep/kept.js'
import { stillFormat } from './plan.js'
import { PolicyError } from './policy-error.js'
import type { PolicySettings } from './settings.js'

/** Formats that may be animations and have EXIF. A GIF has none, so nothing of it is lost. */
const movingWithExif: readonly Format[] = ['png', 'webp']

/**
 * Holds what is written to what is to be kept in it: a promise that some outputs cannot keep is none.
 * @throws PolicyError that names the setting of the first format which carries no EXIF
 */
export function checkKept(
  { keep, output, variants, animated }: PolicySettings,
  accepted: readonly Format[],
): void {
  if (keep.length === 0) return
  const sources = accepted.filter(format => format !== 'gif')
  check('output.format', output.format)
  for (const [name, { format }] of Object.entries(variants)) check(`variants.${name}.format`, format)
  if (animated === 'gif' && sources.some(format => movingWithExif.includes(format)))
    throw lacks('animated', 'gif', ['keep', 'webp'])

  function check(setting: string, wanted: PolicySettings['output']['format']) {
    const written = sources.map(source => stillFormat(source, wanted)).find(format => !carriesExif(format))
    if (written !== undefined) throw lacks(setting, written, ['webp', 'jpeg', 'png'])
  }

  function lacks(setting: string, written: Format, instead: readonly string[]): PolicyError {
    return new PolicyError(
      setting,
      `writes ${written.toUpperCase()}, which cannot hold what keep asks for (${keep.join(', ')}): ` +
        `choose one of ${instead.join(', ')}, or leave keep out`,
    )
  }
}
