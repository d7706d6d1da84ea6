interface Row {
  /** For a heading: what is wrong with such a file. */
  readonly says: string
  /** Whether `--fix` takes it out of the public place: what should never be served. */
  readonly quarantine?: boolean
  /** The audit is not complete: nobody knows what it is. */
  readonly unknown?: boolean
}

/** Everything that an audit can find. The names are stable: for alerts and for `--allow`. */
export const problems = {
  name: { says: 'Not a name of ours', quarantine: true },
  month: { says: 'In the folder of another month' },
  link: { says: 'A symbolic link', quarantine: true },
  special: { says: 'No ordinary file', quarantine: true },
  folder: { says: 'A folder that is not ours', quarantine: true },
  mode: { says: 'Other rights than 0644 and 0755' },
  owner: { says: 'Of another owner' },
  'hard-link': { says: 'Has a second name somewhere' },
  attributes: { says: 'Has extended attributes' },
  unreadable: { says: 'Cannot be read', unknown: true },
  size: { says: 'Larger than anything this library makes', quarantine: true },
  empty: { says: 'Empty', quarantine: true },
  type: { says: 'Another format than its name says', quarantine: true },
  'served-type': { says: 'Served with another type' },
  content: { says: 'Not what this library writes', quarantine: true },
  encoder: { says: 'Written by another encoder', quarantine: true },
  pixels: { says: 'Larger than the policy allows' },
  format: { says: 'In another format than the policy makes' },
  animation: { says: 'An animation that the policy does not make' },
  shape: { says: 'A variant of another size than the policy makes' },
  'variant-missing': { says: 'A variant is missing' },
  'variant-unknown': { says: 'A variant that the policy does not know' },
  'variant-alone': { says: 'A variant without its main image' },
  'variant-twice': { says: 'The same image under two extensions' },
  changed: { says: 'Changed since it was stored', quarantine: true },
  missing: { says: 'Has a record, but no file' },
  unrecorded: { says: 'Has no record', quarantine: true },
  state: { says: 'In another state than its record says' },
  duplicate: { says: 'The same bytes under two names' },
  leftover: { says: 'Left unfinished where commits are prepared' },
  incoming: { says: 'Where commits are prepared is not private' },
} as const satisfies Readonly<Record<string, Row>>

export type Problem = keyof typeof problems

/** What an operator must look at. */
export interface Finding {
  /** From the root of the place; of what is beside it, where it is. As it was found: a stranger may have named it. */
  readonly path: string
  readonly problem: Problem
  readonly detail?: string
}

export function rowOf(problem: Problem): Row {
  return problems[problem]
}
