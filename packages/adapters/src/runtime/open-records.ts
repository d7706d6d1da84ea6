import type { Holding, Records } from '@sluice/core'
import { hasMethods, whole } from '../checks/checks.js'
import type { RecordingSettings } from '../guard/recording.js'
import { OptionError } from '../option-error.js'
import type { UploadOptions } from '../options.js'

const needed = ['open', 'confirm', 'remove', 'forget', 'held'] as const satisfies readonly (keyof Records)[]
const limits = ['maxHeldBytes', 'maxHeldFiles'] as const satisfies readonly (keyof Holding)[]

/** @throws OptionError for what are no records, and for limits that nobody could count */
export function openRecords<Native, Env>({
  records,
  quota = {},
}: Pick<UploadOptions<Native, Env>, 'records' | 'quota'>): RecordingSettings<Env> {
  const given = limits.filter(name => quota[name] !== undefined)
  const [first] = given
  if (records === undefined) {
    if (first !== undefined)
      throw new OptionError(
        `quota.${first}`,
        'needs `records`, such as sqliteRecords(file), which keep the count',
      )
    return { recordsOf: undefined, holding: {} }
  }
  const holding = Object.fromEntries(
    given.map(name => [name, whole(`quota.${name}`, quota[name], 1, 1, Number.MAX_SAFE_INTEGER)]),
  )
  if (typeof records === 'function') return { recordsOf: records, holding }
  hasMethods(
    'records',
    records,
    needed,
    'Records, such as sqliteRecords(file), or a function that returns them',
  )
  return { recordsOf: () => records, holding }
}
