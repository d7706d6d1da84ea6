import type { Keyring } from '@sluice/core'

/**
 * What is remembered of idempotency keys: shared by the processes that serve one endpoint, as their Redis or their
 * database is.
 */
export interface KeyMemory {
  /**
   * Sets what is not there, and gives what is there then, in one act: of two at once both get the value of one.
   * `redis.set(key, value, 'PX', lifetimeMs, 'NX', 'GET')` does it, `?? value`.
   */
  remember(key: string, value: string, lifetimeMs: number): Promise<string>
}

/**
 * Takes `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): a request that is sent again under its key
 * becomes the same files and the same answer, however often and wherever it is worked on. A key is that of its user (or
 * address) and role, and of one body: with another it is refused as `idempotency-key-reused` (422). Files of a request
 * with a key are not taken back where the application fails, for another attempt may have succeeded: the sweep of the
 * records does that.
 */
export interface IdempotencyOptions {
  /** Names the files. Needed with `memory`: all processes have to call them the same. Default: of this process alone. */
  readonly keyring?: Keyring
  /** Default: the memory of this process, of the 10,000 keys that came last. */
  readonly memory?: KeyMemory
  /** How long a key is remembered, in milliseconds: 60,000 to 2,592,000,000 (30 days). Default: 86,400,000 (a day). */
  readonly lifetimeMs?: number
}
