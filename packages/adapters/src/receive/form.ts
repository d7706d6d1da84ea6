import type { FormFields, OtherFile } from '../form.js'
import type { FieldRules } from './file-fields.js'
import { joined } from './joined.js'

/** What a request brought: everything in memory, its sum within the limit of the body. */
export interface Form {
  readonly files: readonly ReceivedFile[]
  readonly fields: FormFields
  readonly otherFiles: readonly OtherFile[]
}

/** An `Upload` as `sanitize` takes it, whose length is known, and the rules that it is held to. */
export interface ReceivedFile {
  readonly body: Uint8Array
  /** As the client sent it; undefined where there was none. */
  readonly name: string | undefined
  /** Undefined where the image itself was the body. */
  readonly field: string | undefined
  readonly rules: FieldRules
}

/** The pieces of a file as they were cut out of the body, put together. */
export function receivedFile(
  chunks: readonly Uint8Array[],
  rules: FieldRules,
  field?: string,
  name?: string,
): ReceivedFile {
  return { body: joined(chunks), name, field, rules }
}

/** Text fields as they come in. */
export function gatherFields() {
  // Without a prototype: `__proto__` and `constructor` are names like others.
  const fields: Record<string, string | string[]> = Object.create(null)
  return {
    fields: fields as FormFields,
    add(name: string, value: string) {
      const before = fields[name]
      if (before === undefined) fields[name] = value
      else if (typeof before === 'string') fields[name] = [before, value]
      else before.push(value)
    },
  }
}

/** All values of a text field, in the order in which they came. */
export function valuesOf(fields: FormFields, name: string): readonly string[] {
  const value = fields[name]
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
