/** The stages of the pipeline, in order. An error names the one that refused. */
export const stages = ['guard', 'receive', 'admit', 'sniff', 'probe', 'render', 'verify', 'store'] as const
export type Stage = (typeof stages)[number]

/** Who can do something about a refusal. */
export type Fixer = 'sender' | 'developer' | 'operator'

export interface ErrorRow {
  /** HTTP status that an adapter answers with. */
  readonly status: number
  /**
   * The stage that usually refuses so; an error may name another one. What nobody foresaw has no usual one.
   */
  readonly stage?: Stage
  readonly fixer: Fixer
}

/**
 * Every way in which an upload can end badly: one row a code. Codes are stable; what is said to the sender is in
 * `messages/`, a file a language. 4xx is the sender's or the policy's matter, 5xx ours.
 */
export const errorTable = {
  // guard: who may upload, from where, how often
  'method-not-allowed': { status: 405, stage: 'guard', fixer: 'developer' },
  'cross-site': { status: 403, stage: 'guard', fixer: 'developer' },
  'origin-missing': { status: 403, stage: 'guard', fixer: 'developer' },
  'csrf-token': { status: 403, stage: 'guard', fixer: 'developer' },
  unauthenticated: { status: 401, stage: 'guard', fixer: 'sender' },
  forbidden: { status: 403, stage: 'guard', fixer: 'operator' },
  'rate-limited': { status: 429, stage: 'guard', fixer: 'sender' },
  'quota-exceeded': { status: 429, stage: 'guard', fixer: 'sender' },
  'too-many-uploads': { status: 429, stage: 'guard', fixer: 'sender' },

  // receive: bounded bytes out of the request body
  'idempotency-key-invalid': { status: 400, stage: 'receive', fixer: 'developer' },
  'idempotency-key-reused': { status: 422, stage: 'receive', fixer: 'developer' },
  'unsupported-media-type': { status: 415, stage: 'receive', fixer: 'developer' },
  'malformed-body': { status: 400, stage: 'receive', fixer: 'developer' },
  'no-file': { status: 400, stage: 'receive', fixer: 'sender' },
  'wrong-field': { status: 400, stage: 'receive', fixer: 'developer' },
  'too-many-files': { status: 400, stage: 'receive', fixer: 'sender' },
  'too-many-fields': { status: 400, stage: 'receive', fixer: 'developer' },
  'field-too-large': { status: 413, stage: 'receive', fixer: 'developer' },
  'upload-too-slow': { status: 408, stage: 'receive', fixer: 'sender' },
  'connection-lost': { status: 499, stage: 'receive', fixer: 'sender' },
  'too-large': { status: 413, stage: 'receive', fixer: 'sender' },
  'body-too-large': { status: 413, stage: 'receive', fixer: 'sender' },
  'empty-file': { status: 400, stage: 'receive', fixer: 'sender' },

  // admit: name and extension
  'name-too-long': { status: 400, stage: 'admit', fixer: 'sender' },
  'extension-missing': { status: 415, stage: 'admit', fixer: 'sender' },
  'extension-not-allowed': { status: 415, stage: 'admit', fixer: 'sender' },

  'invalid-crop': { status: 400, stage: 'admit', fixer: 'developer' },

  // sniff: what the bytes say they are
  'format-not-enabled': { status: 415, stage: 'sniff', fixer: 'sender' },
  'format-not-allowed': { status: 415, stage: 'sniff', fixer: 'sender' },
  'format-unknown': { status: 415, stage: 'sniff', fixer: 'sender' },
  'extension-mismatch': { status: 415, stage: 'sniff', fixer: 'sender' },

  // probe: header only, priced and refused before any pixel exists
  corrupt: { status: 422, stage: 'probe', fixer: 'sender' },
  truncated: { status: 422, stage: 'probe', fixer: 'sender' },
  'needs-repair': { status: 422, stage: 'probe', fixer: 'sender' },
  'too-many-pixels': { status: 422, stage: 'probe', fixer: 'sender' },
  'too-many-frames': { status: 422, stage: 'probe', fixer: 'sender' },
  'too-many-total-pixels': { status: 422, stage: 'probe', fixer: 'sender' },
  'too-many-scans': { status: 422, stage: 'probe', fixer: 'sender' },
  'too-much-metadata': { status: 422, stage: 'probe', fixer: 'sender' },
  'trailing-data': { status: 422, stage: 'probe', fixer: 'sender' },
  'animation-not-allowed': { status: 422, stage: 'probe', fixer: 'sender' },
  'unsupported-kind': { status: 422, stage: 'probe', fixer: 'sender' },

  'crop-too-small': { status: 422, stage: 'probe', fixer: 'sender' },

  // render: in the sandbox
  'decode-failed': { status: 422, stage: 'render', fixer: 'sender' },
  'too-costly': { status: 422, stage: 'render', fixer: 'sender' },
  'too-much-memory': { status: 422, stage: 'render', fixer: 'sender' },
  'timed-out': { status: 422, stage: 'render', fixer: 'sender' },
  aborted: { status: 499, stage: 'render', fixer: 'sender' },
  busy: { status: 503, stage: 'render', fixer: 'operator' },
  'renderer-unavailable': { status: 503, stage: 'render', fixer: 'operator' },
  'render-failed': { status: 500, stage: 'render', fixer: 'operator' },

  // verify and store
  'verify-failed': { status: 500, stage: 'verify', fixer: 'operator' },
  rejected: { status: 422, stage: 'verify', fixer: 'operator' },
  'storage-full': { status: 409, stage: 'store', fixer: 'sender' },
  'too-many-stored': { status: 409, stage: 'store', fixer: 'sender' },
  'store-conflict': { status: 500, stage: 'store', fixer: 'operator' },
  'store-failed': { status: 500, stage: 'store', fixer: 'operator' },
  internal: { status: 500, fixer: 'operator' },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable
