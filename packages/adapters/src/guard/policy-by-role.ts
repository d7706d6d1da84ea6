import { definePolicy, type Policy, type PolicyInput, UploadError } from '@sluice/core'
import { OptionError } from '../option-error.js'

type Given = Policy | PolicyInput

/** The policy of a role: the guard chooses it, never the request. */
export type PolicyByRole = (role: string) => Policy

/**
 * @param check throws at the policy that cannot be
 * @throws PolicyError, OptionError at start
 */
export function policyByRole(
  policy: Given | undefined,
  policies: Readonly<Record<string, Given>> | undefined,
  check: (policy: Policy) => void = () => {},
): PolicyByRole {
  if (policy !== undefined && policies !== undefined)
    throw new OptionError('policies', 'cannot be given together with policy')
  if (policies === undefined) {
    const only = definePolicy(policy as PolicyInput | undefined)
    check(only)
    return () => only
  }
  const byRole = new Map(
    Object.entries(policies).map(([role, given]) => [role, definePolicy(given as PolicyInput)]),
  )
  for (const each of byRole.values()) check(each)
  if (byRole.size === 0) throw new OptionError('policies', 'must have at least one role')
  return role => {
    const found = byRole.get(role)
    if (!found) throw new UploadError('forbidden')
    return found
  }
}
