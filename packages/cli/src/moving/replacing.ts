import {
  definePolicy,
  formatTable,
  note,
  outputFormats,
  type Policy,
  type Records,
  type UploadRecord,
} from '@sluice/core'
import type { Facts } from '../audit/inspect-file.js'

/** A file of ours goes through, whatever strangers may send. What is drawn is what the policy says. */
export function ownPolicy({ version, formats: _, ...settings }: Policy): Policy {
  return definePolicy({
    ...settings,
    extensions: outputFormats.flatMap(format => formatTable[format].extensions),
    maxBytes: 1024 * 1024 * 1024,
    maxFileBytes: 256 * 1024 * 1024,
    maxPixels: Math.max(settings.maxPixels, 16_383 * 16_383),
    maxTotalPixels: 2 ** 32,
  })
}

interface Again {
  readonly policy: Policy
  readonly keepMs: number
  readonly source: Facts
}

/**
 * Records that give an upload its new files in one act, in place of confirming a new upload: owner and role are those of
 * before, and a note says what it was drawn from.
 */
export function replacing(records: Records, row: UploadRecord, { policy, keepMs, source }: Again) {
  const { width = 0, height = 0 } = source.image ?? {}
  const again = note('drawn-again', { width, height })
  const others = row.notes.filter(({ code }) => code !== again.code)
  const recording: Records = {
    ...records,
    // Nobody holds more for it: the old files go.
    open: rows =>
      records.open(rows.map(each => ({ ...each, policy: policy.version, notes: [...others, again] }))),
    confirm: async ([by = '']) => records.replace(row.id, by, new Date(Date.now() + keepMs)),
  }
  return { records: recording, owner: row.owner, role: row.role }
}
