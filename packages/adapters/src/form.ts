import type { Stored, Uploaded } from '@sluice/core'
import type { Identity } from './guard/identity.js'

/**
 * Text fields of a form by name, as the client sent them: a list where a name came more than once. An object
 * without a prototype: `fields.constructor` is what the client sent, or undefined.
 */
export type FormFields = Readonly<Record<string, string | readonly string[]>>

/** A file in a field that is none of ours. Nobody has looked at it. */
export interface OtherFile {
  readonly field: string
  /** The client's file name, cleaned: for a log, never a path. */
  readonly name: string
  /** What the client says it is, lower case; empty where it says nothing. Not believed. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** What an accepted request became. */
export interface UploadForm {
  /** In the order in which they came; each says its `field`. Empty only where `required` is false. */
  readonly uploads: readonly Uploaded[]
  /** What is known of each besides: of the input, notes, policy version. Not for the client. */
  readonly stored: readonly Stored[]
  readonly fields: FormFields
  /** Where `otherFiles` is `pass`. */
  readonly otherFiles: readonly OtherFile[]
  /** What `authorize` said. */
  readonly identity: Identity
  /** Deletes an upload with all its variants. @throws what the store throws */
  readonly discard: (upload: Uploaded) => Promise<void>
}

/** The form, where a next handler decides whether its files are kept. */
export interface PendingForm extends UploadForm {
  /**
   * Keeps the files, whatever becomes of the answer. Without it they are kept where the answer has ended with
   * a status below 400, and taken back where it has not, or the client went before. Whoever waits for it before they
   * answer promises nothing that a crash could break: with `records`, the files are then confirmed.
   * @throws UploadError where they could not be kept
   */
  readonly confirm: () => Promise<void>
}

/** @see UploadOptions.onStored */
export type OnStored<Native> = (form: UploadForm & { readonly request: Native }) => void | Promise<void>
