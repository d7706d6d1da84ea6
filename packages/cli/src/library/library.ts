import type { Store } from '@sluice/core'

/** Something that stands in a place of stored images, whether or not it belongs there. */
export interface Entry {
  /** From the place's root, with `/`; of a folder too. As it was found: a stranger may have named it. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link' | 'other' | 'unreadable'
  /** Why it could not be looked at. */
  readonly detail?: string
}

/** A file with what the place says of it. */
export interface Looked {
  readonly bytes: Uint8Array
  /** In milliseconds since 1970; undefined where the place does not say. */
  readonly modified?: number | undefined
  /** Of a folder: permission bits, owner, number of names. */
  readonly rights?: { readonly mode: number; readonly uid: number; readonly links: number } | undefined
  /** Of a bucket: the type that it is served with. */
  readonly type?: string | undefined
}

/** A folder or bucket of stored images, looked at from outside: also at what no store would give. */
export interface Library {
  /** As a person names it. */
  readonly name: string
  /** Makes folders that are missing, and takes back what was left unfinished: looking at a library does not. */
  openStore(): Store
  /** The folder itself, where it is one. */
  readonly folder?: string | undefined
  /** How many files there are, for the time left; undefined where counting costs as much as looking. */
  count(): Promise<number | undefined>
  /**
   * Everything, in order of the paths by code unit, so that the files of an upload are beside one another, and that a
   * look that was cut off goes on behind the last path.
   * @throws where the place itself cannot be read
   */
  entries(after?: string): AsyncIterable<Entry>
  /** undefined where it is gone meanwhile. @throws Unreadable */
  look(path: string): Promise<Looked | undefined>
  has(path: string): Promise<boolean>
  /** Takes a file out of the public place, never over another one; it stays whole. @returns where it is now */
  quarantine(path: string, to: string): Promise<string>
}

/** A file that is not looked at: nobody knows what it is, or it is so large that it is none of ours. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  constructor(
    readonly problem: 'unreadable' | 'size',
    message: string,
  ) {
    super(message)
  }
}
