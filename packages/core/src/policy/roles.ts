import { definePolicy, type Policy, type PolicyInput } from './policy.js'
import { PolicyError } from './policy-error.js'

export type Role = 'admin' | 'author' | 'visitor'

/**
 * Where the roles differ, in bytes, pixels, frames and milliseconds. An author has the defaults of `definePolicy`:
 * 8 MiB, 64 megapixels, animations as they are. An administrator brings scans and photos of 108-megapixel
 * cameras; a visitor a photo of a phone, of whose animations the first frame stays.
 */
const limits = {
  admin: {
    maxFileBytes: '32 MiB',
    maxPixels: 108_000_000,
    maxFrames: 600,
    maxTotalPixels: 256_000_000,
    timeMs: 20_000,
  },
  author: {},
  visitor: {
    maxFileBytes: '4 MiB',
    maxPixels: 32_000_000,
    maxFrames: 100,
    maxTotalPixels: 64_000_000,
    animated: 'first-frame',
    timeMs: 5_000,
  },
} as const satisfies Readonly<Record<Role, PolicyInput>>

type Differing = keyof typeof limits.admin | keyof typeof limits.visitor

/**
 * Ready-made policies for the roles that most sites have, as the adapters' option `policies` takes them:
 *
 * | | admin | author | visitor |
 * |---|---|---|---|
 * | `maxFileBytes` | 32 MiB | 8 MiB | 4 MiB |
 * | `maxPixels` | 108,000,000 | 64,000,000 | 32,000,000 |
 * | `maxFrames` | 600 | 300 | 100 |
 * | `maxTotalPixels` | 256,000,000 | 128,000,000 | 64,000,000 |
 * | `animated` | keep | keep | first-frame |
 * | `timeMs` | 20,000 | 10,000 | 5,000 |
 *
 * @param shared settings of all three, such as `output` and `variants`; not one of those in the table, whose values
 * are what makes the roles: `{ ...rolePolicies(), visitor: definePolicy({ maxFileBytes: '1 MiB' }) }` changes a role
 * @returns frozen, as `definePolicy` gives them
 * @throws PolicyError that names a wrong setting
 */
export function rolePolicies(shared: Omit<PolicyInput, Differing> = {}): Readonly<Record<Role, Policy>> {
  const differing = { ...limits.admin, ...limits.visitor }
  const fixed = Object.keys(shared).find(name => Object.hasOwn(differing, name))
  if (fixed !== undefined) throw new PolicyError(fixed, 'differs by role: set it in the policy of that role')
  return Object.freeze({
    admin: definePolicy({ ...shared, ...limits.admin }),
    author: definePolicy(shared),
    visitor: definePolicy({ ...shared, ...limits.visitor }),
  })
}
