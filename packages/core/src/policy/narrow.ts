import { definePolicy, type Policy, type PolicyInput } from './policy.js'
import { PolicyError } from './policy-error.js'
import type { PolicySettings } from './settings.js'

/**
 * On which side of another policy's value a narrower one lies. A list names choices from the strictest to the loosest;
 * those of one entry allow as much as each other. `free`: no limit, but what is made of an upload.
 */
type Direction = 'at-most' | 'at-least' | 'subset' | 'free' | readonly (readonly string[])[]

/** Tied to the settings: a new one does not compile before its direction is said. */
const directions: Readonly<Record<keyof PolicySettings, Direction>> = {
  maxBytes: 'at-most',
  maxFileBytes: 'at-most',
  maxNameBytes: 'at-most',
  extensions: 'subset',
  mismatch: [['refuse'], ['allow']],
  repair: [['none'], ['browser']],
  nameless: [['refuse'], ['accept']],
  maxPixels: 'at-most',
  maxFrames: 'at-most',
  maxTotalPixels: 'at-most',
  maxScans: 'at-most',
  maxMetadataBytes: 'at-most',
  metadata: 'subset',
  keep: 'subset',
  minCropSide: 'at-least',
  trailingData: [['refuse'], ['drop']],
  animated: [['refuse'], ['first-frame'], ['keep', 'gif', 'webp']],
  animationEffort: 'free',
  output: 'free',
  variants: 'free',
  placeholder: 'free',
  timeMs: 'at-most',
  headroom: 'at-most',
  memoryMb: 'at-most',
}

/** What `narrowPolicy` takes: settings that differ. A preset is a matter of the whole policy. */
export type NarrowerInput = Omit<PolicyInput, 'preset'>

/**
 * The policy with some settings changed, of which none allows more: `output` setting by setting, everything else as it
 * is given. Sizes, formats and variants of what is made are free.
 * @param given settings that differ, or a whole policy
 * @throws PolicyError that names a setting which is wrong, or wider than the policy's
 */
export function narrowPolicy(policy: Policy, given: Policy | NarrowerInput): Policy {
  if (Object.hasOwn(given, 'preset')) throw new PolicyError('preset', 'belongs to the whole policy')
  const { version: _version, formats: _formats, maxFileBytes, ...settings } = policy
  // As in `definePolicy`, the limit of a file follows that of the body where that alone is given.
  const file = given.maxBytes === undefined ? { maxFileBytes } : {}
  const output = { ...settings.output, ...given.output }
  const narrower = definePolicy({ ...settings, ...file, ...given, output })
  const wider = widerSetting(narrower, policy)
  if (wider !== undefined)
    throw new PolicyError(
      wider,
      `allows more (${narrower[wider]}) than the policy around it (${policy[wider]})`,
    )
  return narrower
}

/** The first setting by which `inner` would let through what `outer` does not. */
function widerSetting(inner: Policy, outer: Policy): keyof PolicySettings | undefined {
  const names = Object.keys(directions) as (keyof PolicySettings)[]
  return names.find(name => !liesInside(directions[name], inner[name], outer[name]))
}

function liesInside(direction: Direction, inner: unknown, outer: unknown): boolean {
  switch (direction) {
    case 'free':
      return true
    case 'at-most':
      return Number(inner) <= Number(outer)
    case 'at-least':
      return Number(inner) >= Number(outer)
    case 'subset':
      return Array.isArray(inner) && Array.isArray(outer) && inner.every(each => outer.includes(each))
    default: {
      const rank = (value: unknown) => direction.findIndex(level => level.some(choice => choice === value))
      return rank(inner) <= rank(outer)
    }
  }
}
