/** How one bundler, framework or runtime is tried. Everything happens in an empty folder outside the repository. */
export interface Row {
  /** As the table says it. */
  readonly title: string
  /** Its major version. Default: the one that runs the matrix. */
  readonly node?: '20' | '22' | '24'
  /** Beside our tarballs: exact versions by name. */
  readonly install?: Readonly<Record<string, string>>
  /** Of package.json, beside what the runner writes. */
  readonly manifest?: Readonly<Record<string, unknown>>
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>
  /** Command lines, one after the other; `node` and what packages bring are on the path. */
  readonly build?: readonly string[]
  /**
   * What the build made: a folder that is moved elsewhere before it is started, with nothing else left, so that
   * a file which was not shipped is missing.
   */
  readonly ship?: string
  /** The command line of the server, which listens on $PORT. Without it the last of `build` posts by itself. */
  readonly start: string
  /** Where it takes uploads. Default: /images. */
  readonly path?: string
}

/** SHA-256 of what came out, or the code of the refusal, by the name of what was sent. */
export type Answers = Readonly<Record<string, string>>

export interface Result {
  readonly title: string
  readonly node: string
  readonly versions: Readonly<Record<string, string>>
  readonly answers?: Answers
  /** What went wrong, in a few lines. */
  readonly failure?: string
  readonly seconds: number
}
