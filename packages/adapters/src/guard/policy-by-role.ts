import { definePolicy, type Policy, type PolicyInput, UploadError } from '@sluice/core'
import { OptionError } from '../option-error.js'

type Given = Policy | PolicyInput

/** What holds for a role: the guard chooses it, never the request. */
export type ByRole<Rules> = (role: string) => Rules

/**
 * @param make throws at the policy that cannot be; `role` is `everybody` where there is but one policy
 * @throws PolicyError, OptionError at start
 */
export function policyByRole<Rules>(
  policy: Given | undefined,
  policies: Readonly<Record<string, Given>> | undefined,
  make: (policy: Policy, role: string) => Rules,
): ByRole<Rules> {
  if (policy !== undefined && policies !== undefined)
    throw new OptionError('policies', 'cannot be given together with policy')
  if (policies === undefined) {
    const only = make(definePolicy(policy as PolicyInput | undefined), 'everybody')
    return () => only
  }
  if (typeof policies !== 'object' || policies === null || Array.isArray(policies))
    throw new OptionError('policies', 'must be an object of policies keyed by role')
  const byRole = new Map(
    Object.entries(policies).map(([role, given]) => [role, make(definePolicy(given as PolicyInput), role)]),
  )
  if (byRole.size === 0) throw new OptionError('policies', 'must have at least one role')
  return role => {
    const found = byRole.get(role)
    if (found !== undefined) return found
    const detail = `policies has no ${JSON.stringify(role.slice(0, 40))}; its roles are ${[...byRole.keys()].join(', ')}`
    throw new UploadError('forbidden', {}, { detail })
  }
}
