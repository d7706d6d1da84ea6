import { bodyLimit, narrowPolicy, type Policy, PolicyError } from '@sluice/core'
import { checkNames, whole } from '../checks/checks.js'
import { OptionError } from '../option-error.js'
import type { FileField, UploadOptions } from '../options.js'

/** A file field for one role, with nothing left open. */
export interface FieldRules {
  readonly maxFiles: number
  readonly required: boolean
  readonly policy: Policy
  /** Text fields that say what of a file is to be seen. */
  readonly crop?: string | undefined
  readonly focus?: string | undefined
}

/** What a form of one role may hold. */
export interface FormRules {
  readonly policy: Policy
  /** By name; `*` stands for every name that has no field of its own. */
  readonly fields: ReadonlyMap<string, FieldRules>
  /** Of all fields together. */
  readonly maxFiles: number
  /** Of the whole body. */
  readonly maxBytes: number
}

type Given = Pick<UploadOptions<never>, 'field' | 'maxFiles' | 'crop' | 'focus' | 'fields' | 'otherFiles'>

const fieldNames = {
  maxFiles: true,
  required: true,
  policy: true,
  crop: true,
  focus: true,
} satisfies Record<keyof FileField, true>

/** Of one endpoint, and of all fields of a form: what is in a request waits in memory together. */
const most = { fields: 20, files: 100 }

/**
 * @returns the rules of a role, by its policy
 * @throws OptionError at start, also where a field's policy allows more than the role's
 */
export function formRules(options: Given): (policy: Policy, role: string) => FormRules {
  const short = options.fields === undefined
  const fields = Object.entries(fieldsOf(options)).map(([name, field]) => ({
    name,
    ...checkField(short ? '' : `fields.${name}.`, field),
  }))
  const maxFiles = fields.reduce((sum, field) => sum + field.maxFiles, 0)
  if (maxFiles > most.files)
    throw new OptionError('fields', `may hold at most ${most.files} files together, not ${maxFiles}`)
  const { otherFiles = 'refuse' } = options
  return (policy, role) => {
    const rules = new Map(
      fields.map(({ name, ...field }) => [
        name,
        { ...field, policy: fieldPolicy(name, field.policy, policy, role) },
      ]),
    )
    const together = [...rules.values()].reduce((sum, each) => sum + bodyLimit(each.policy, each.maxFiles), 0)
    return {
      policy,
      fields: rules,
      maxFiles,
      // Other files come on top, and only the limit of the body bounds them.
      maxBytes: otherFiles === 'refuse' ? Math.min(policy.maxBytes, together) : policy.maxBytes,
    }
  }
}

/** `field`, `maxFiles`, `crop` and `focus` are the short form of one field. */
function fieldsOf(options: Given): Readonly<Record<string, FileField>> {
  const { field = 'image', maxFiles = 1, crop, focus, fields } = options
  if (fields === undefined) {
    if (typeof field !== 'string' || field === '')
      throw new OptionError('field', 'must be the name of a form field')
    return {
      [field]: { maxFiles, ...(crop !== undefined && { crop }), ...(focus !== undefined && { focus }) },
    }
  }
  const short = (['field', 'maxFiles', 'crop', 'focus'] as const).find(name => options[name] !== undefined)
  if (short !== undefined) throw new OptionError(short, 'cannot be combined with fields: set it per field')
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new OptionError('fields', 'must be an object of field names, such as { avatar: { maxFiles: 1 } }')
  const count = Object.keys(fields).length
  if (count === 0 || count > most.fields)
    throw new OptionError('fields', `must be 1 to ${most.fields} fields`)
  return fields
}

/** @param path stands before the names of options in errors */
function checkField(path: string, field: FileField) {
  checkNames(path, field, fieldNames)
  const { required = false, policy, crop, focus } = field
  if (typeof required !== 'boolean') throw new OptionError(`${path}required`, 'must be true or false')
  for (const [option, value] of Object.entries({ crop, focus }))
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new OptionError(path + option, 'must be the name of a text field')
  return {
    required,
    policy,
    crop,
    focus,
    maxFiles: whole(`${path}maxFiles`, field.maxFiles, 1, 1, most.files),
  }
}

function fieldPolicy(name: string, given: FileField['policy'], policy: Policy, role: string): Policy {
  if (given === undefined) return policy
  try {
    return narrowPolicy(policy, given)
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown
    throw new OptionError(`fields.${name}.policy.${thrown.setting}`, `for ${role}: ${thrown.message}`)
  }
}
