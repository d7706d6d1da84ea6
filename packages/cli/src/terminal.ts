/** Where a command reads and writes: `process`, or what a test gives. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: Output
  readonly stderr: Output
  /**
   * Asked for by a command that can stop in good order: aborted by the first Ctrl-C. Of other commands, and by the
   * second one, it ends the process.
   */
  readonly interruption?: (() => AbortSignal) | undefined
}

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** 0 all well; 1 something was refused or found; 2 wrong usage; 130 called off by Ctrl-C (128 and SIGINT's 2). */
export type ExitCode = 0 | 1 | 2 | 130

/** A wrong option, policy or folder: said in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
