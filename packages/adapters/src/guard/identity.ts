import { UploadError } from '@sluice/core'

export interface Identity {
  /** Chooses the policy where there are several. */
  readonly role: string
  /** Rate limit, quota and concurrency are counted by it; by the address where it is missing. */
  readonly user?: string | undefined
}

/** Who somebody is, as an application tells it. */
export interface GivenIdentity {
  readonly role: string
  /** A name or a number, the same in every request of this person. */
  readonly user?: string | number | undefined
}

type Answer = GivenIdentity | null | undefined | false

/** Says who it is and what role they have, or null for nobody. */
export type Authorize<Native> = (request: Native) => Answer | Promise<Answer>

/** Whoever comes to an endpoint that was opened with `public: true`. */
export const visitor: Identity = { role: 'visitor' }

/**
 * @param given anything: what `authorize` answers is known at the first request only
 * @returns undefined for nobody; a role of '' for somebody without one
 * @throws UploadError `internal`, with what to do in its detail, where it is no identity
 */
export function readIdentity(given: unknown): Identity | undefined {
  if (given === undefined || given === null || given === false) return undefined
  if (typeof given !== 'object') throw wrong(`${typeof given} ${String(given).slice(0, 40)}`)
  if (!('role' in given)) throw wrong(`an object with ${Object.keys(given).join(', ') || 'nothing in it'}`)
  const { role, user } = given as { readonly role: unknown; readonly user?: unknown }
  if (role !== undefined && role !== null && typeof role !== 'string')
    throw wrong(`a role that is a ${typeof role}`)
  const named = { role: role ?? '' }
  if (user === undefined || user === null || user === '') return named
  if (typeof user === 'string' || Number.isFinite(user)) return { ...named, user: String(user) }
  throw wrong(`a user that is a ${typeof user}`)
}

function wrong(what: string): UploadError {
  const detail =
    `authorize answered ${what.slice(0, 100)}: it must say who that is, as { role: 'author', user: 'ann' }, ` +
    'or null for nobody'
  return new UploadError('internal', {}, { stage: 'guard', detail })
}
