import type { Renderer } from '../contracts/renderer.js'
import { type Format, formatTable } from '../formats/format.js'
import { stillFormat } from './plan.js'
import type { Policy } from './policy.js'
import { PolicyError } from './policy-error.js'
import type { StillFormat } from './settings.js'

/**
 * Holds a policy to what a renderer can do: to be called at start, before the first upload is there.
 * @throws PolicyError that names the setting: a format is asked for whose codec pack is missing
 */
export function checkSupport(policy: Policy, { name, reads, writes }: Renderer): void {
  for (const format of policy.formats) check('extensions', format, reads, formatTable[format].package)
  checkOutput('output.format', policy.output.format)
  for (const [variant, { format }] of Object.entries(policy.variants))
    checkOutput(`variants.${variant}.format`, format)

  function checkOutput(setting: string, wanted: StillFormat) {
    for (const source of wanted === 'same' ? policy.formats : (['jpeg'] as const)) {
      const format = stillFormat(source, wanted)
      const { package: pack, writer = pack } = formatTable[format]
      check(setting, format, writes, writer)
    }
  }

  function check(setting: string, format: Format, able: readonly Format[], pack: string | undefined) {
    if (pack !== undefined && !able.includes(format))
      throw new PolicyError(
        setting,
        `asks for ${format.toUpperCase()}: the renderer ${name} needs a codec pack for it, from ${pack}`,
      )
  }
}
