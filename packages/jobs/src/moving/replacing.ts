import {
  definePolicy,
  formatTable,
  note,
  outputFormats,
  type Policy,
  type Recording,
  type Records,
  type Renderer,
  recordId,
  type UploadRecord,
} from '@sluice/core'

/**
 * A file of ours goes through, whatever strangers may send, as far as the renderer knows its format. What is
 * drawn is what the policy says.
 */
export function ownPolicy(
  { version, formats: _, ...settings }: Policy,
  { reads, writes }: Pick<Renderer, 'reads' | 'writes'>,
): Policy {
  const outputs = [settings.output, ...Object.values(settings.variants)]
  const keepsFormat = outputs.some(({ format }) => format === 'same')
  const known = outputFormats.filter(
    format => reads.includes(format) && (!keepsFormat || writes.includes(format)),
  )
  return definePolicy({
    ...settings,
    extensions: known.flatMap(format => formatTable[format].extensions),
    maxBytes: 1024 * 1024 * 1024,
    maxFileBytes: 256 * 1024 * 1024,
    maxPixels: Math.max(settings.maxPixels, 16_383 * 16_383),
    maxTotalPixels: 2 ** 32,
  })
}

interface Again {
  readonly policy: Policy
  /** How long the old files stay, in milliseconds. */
  readonly keepMs: number
  readonly source: { readonly width: number; readonly height: number }
}

/**
 * Records that give an upload its new files in one act, in place of confirming a new upload: owner and role
 * are those of before, and a note says what it was drawn from.
 */
export function replacing(records: Records, row: UploadRecord, { policy, keepMs, source }: Again): Recording {
  const again = note('drawn-again', { width: source.width, height: source.height })
  const others = row.notes.filter(({ code }) => code !== again.code)

  /** Another attempt may have been first. */
  async function isReplaced(by: string): Promise<boolean> {
    const [now] = await records.find([row.id])
    return now?.files.some(({ key }) => recordId(key) === by) ?? false
  }
  return {
    records: {
      // Nobody holds more for it: the old files go.
      open: rows =>
        records.open(
          rows.map(each => ({ ...each, policyVersion: policy.version, notes: [...others, again] })),
        ),
      confirm: async ([by = '']) =>
        (await records.replace(row.id, by, new Date(Date.now() + keepMs))) || isReplaced(by),
      remove: (ids, due) => records.remove(ids, due),
      forget: ids => records.forget(ids),
    },
    owner: row.owner,
    role: row.role,
  }
}
