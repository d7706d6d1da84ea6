/** Where a command reads and writes: `process`, or what a test gives. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: Output
  readonly stderr: Output
}

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** 0 all well; 1 something was refused or found; 2 wrong usage. */
export type ExitCode = 0 | 1 | 2

/** A wrong option, policy or folder: said in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
