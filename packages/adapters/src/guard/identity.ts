import { UploadError } from '@sluice/core'

export interface Identity {
  /** Chooses the policy where there are several. */
  readonly role: string
  /** Rate limit, quota and concurrency are counted by it; by the address where it is missing. */
  readonly user?: string | undefined
}

/** Says who it is and what role they have, or null for nobody. */
export type Authorize<Native> = (
  request: Native,
) => Identity | null | undefined | Promise<Identity | null | undefined>

/** Whoever comes to an endpoint that was opened with `public: true`. */
export const visitor: Identity = { role: 'visitor' }

/**
 * @throws UploadError `unauthenticated` where nobody was recognised, `forbidden` where somebody without a
 * role was
 */
export function requireIdentity(identity: Identity | null | undefined): Identity {
  if (!identity) throw new UploadError('unauthenticated')
  if (!identity.role) throw new UploadError('forbidden')
  return identity
}
