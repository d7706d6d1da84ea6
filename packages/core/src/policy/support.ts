import type { Renderer } from '../contracts/renderer.js'
import { type Format, formatTable } from '../formats/format.js'
import type { Policy } from './policy.js'
import { PolicyError } from './policy-error.js'

/**
 * Holds a policy to what a renderer can do: to be called at start, before the first upload is there.
 * @throws PolicyError that names the setting: a format is asked for whose codec is not plugged in
 */
export function checkSupport(policy: Policy, { name, reads, writes }: Renderer): void {
  for (const format of policy.formats) check('extensions', format, reads)
  check('output.format', policy.output.format, writes)
  for (const [variant, { format }] of Object.entries(policy.variants))
    check(`variants.${variant}.format`, format, writes)

  function check(setting: string, format: Format, able: readonly Format[]) {
    const { plug } = formatTable[format]
    if (plug !== undefined && !able.includes(format))
      throw new PolicyError(
        setting,
        `asks for ${format.toUpperCase()}: the renderer ${name} needs a plug for it, from ${plug}`,
      )
  }
}
