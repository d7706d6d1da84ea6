import { fillMessage } from '../errors/messages.js'
import type { ErrorParams } from '../errors/upload-error.js'

/**
 * Damage that does not reach the picture: browsers draw such files whole. `repair: 'none'` of a policy
 * refuses them.
 */
const repairs = {
  'end-missing': 'the end marker was missing behind a complete image',
  'tables-missing': 'the file held no Huffman tables; those of ITU-T T.81, annex K, were used',
  'component-ids-equal': 'colour components of the same name were told apart by their order',
  'screen-size-missing': 'a screen without a size was given that of its first frame',
  'empty-frames': 'frames without a size were passed over',
  'chunk-damaged': 'ancillary chunks with a wrong checksum were ignored',
  'frames-missing': 'the animation has fewer frames than it promises',
  'properties-missing': 'what the container does not say of its pictures was taken from the coded data',
  'metadata-unannounced': 'metadata that the header of the file does not announce were ignored',
} as const

const losses = {
  'metadata-dropped': '{bytes} bytes of metadata were dropped',
  'trailing-dropped': '{bytes} bytes after the end of the image were dropped',
  'content-credentials-dropped': 'a manifest of C2PA (content credentials) was dropped',
  'source-type-dropped': 'the digital source type of IPTC was dropped: {type}',
  'profile-broken': 'a broken colour profile was ignored',
  'profile-of-another-model': 'a colour profile for another colour model than that of the image was ignored',
  'drawn-again':
    'drawn again from a stored file of {width} x {height} pixels; the upload itself was not kept',
  'colours-unknown': 'colours of an unknown kind were taken for sRGB',
} as const

/**
 * Everything that may be repaired or dropped in an accepted upload: one row per code. Codes are stable;
 * docs/notes.md explains them.
 */
export const noteTable = { ...losses, ...repairs } as const

export type NoteCode = keyof typeof noteTable
export type RepairCode = keyof typeof repairs

/** What was repaired or dropped, for the result and the log. */
export interface Note {
  readonly code: NoteCode
  /** In English, with the numbers in it. */
  readonly message: string
}

/** @param params fill the `{name}` places of the message */
export function note(code: NoteCode, params: ErrorParams = {}): Note {
  return { code, message: fillMessage(noteTable[code], params) }
}
