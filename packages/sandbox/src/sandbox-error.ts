export type SandboxErrorKind =
  /** The fuel was used up. */
  | 'out-of-fuel'
  /** The module asked for more memory than its ceiling. */
  | 'out-of-memory'
  /** The module stopped itself: unreachable code, an access out of bounds, a stack that overflowed, abort(). */
  | 'trap'
  /** The codec looked at the input and declined. */
  | 'refused'

/** The one error that leaves the sandbox, whatever was thrown inside it. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
  constructor(
    readonly kind: SandboxErrorKind,
    /** For logs, not for the public: it may hold words of the codec. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${kind}: ${detail}`, options)
  }
}

/** Thrown by the functions that a codec calls to give up: exit(), throw in C++, a panic in Rust. */
export class Refusal {
  constructor(readonly detail: string) {}
}

/** What an instance can tell about its end. */
export interface Gauges {
  readonly fuelLeft: number
  /** Bytes that the last refused growth asked for; 0 if none was refused. */
  readonly refusedBytes: number
}

/**
 * Turns anything thrown while an instance ran (RuntimeError, RangeError, a bare number, an object that is no Error) into
 * one SandboxError. The gauges decide, not the wording of an engine, so every runtime gives the same kind.
 */
export function classify(thrown: unknown, gauges: Gauges): SandboxError {
  const cause = { cause: thrown }
  if (gauges.fuelLeft < 0) return new SandboxError('out-of-fuel', 'the budget of fuel was used up', cause)
  const wanted = gauges.refusedBytes
  if (wanted > 0)
    return new SandboxError('out-of-memory', `${wanted} more bytes than the ceiling allows`, cause)
  if (thrown instanceof SandboxError) return thrown
  if (thrown instanceof Refusal) return new SandboxError('refused', thrown.detail, cause)
  return new SandboxError('trap', thrown instanceof Error ? thrown.message : String(thrown), cause)
}
