export { type Picture, type PictureOptions, type PictureSource, picture } from './contracts/picture.js'
export type {
  Held,
  Holding,
  NewRecord,
  RecordedFile,
  RecordQuery,
  RecordState,
  Records,
  UploadRecord,
} from './contracts/records.js'
export type {
  Budget,
  PlannedOutput,
  Rectangle,
  Renderer,
  Rendering,
  RenderPlan,
  RenderStep,
  Reservation,
  StepCost,
} from './contracts/renderer.js'
export type { Placeholder, Rendition } from './contracts/rendition.js'

export { srcset } from './contracts/srcset.js'
export type { CommitOptions, FileToStore, Store, StoredEntry } from './contracts/store.js'
export type { UploadResult } from './contracts/upload-result.js'
export type { Uploaded, UploadedFile } from './contracts/uploaded.js'
export { type ErrorCode, errorTable, type Fixer, type Stage, stages } from './errors/error-table.js'
export {
  type CompleteMessages,
  type Counted,
  fillMessage,
  type Kind,
  type Messages,
  sayKind,
  sayRefusal,
} from './errors/messages.js'
export type { Unit } from './errors/units.js'
export {
  type ErrorParams,
  type PublicUploadError,
  UploadError,
  type UploadErrorOptions,
  type UploadErrorRecord,
} from './errors/upload-error.js'
export { type ForeignKind, foreignKinds } from './formats/foreign-signatures.js'
export {
  type Format,
  formatOfExtension,
  formats,
  formatTable,
  type OutputFormat,
  outputFormats,
  usualExtension,
} from './formats/format.js'
export {
  type CodePoints,
  type ColourModel,
  type Header,
  type HeifHeader,
  type JpegHeader,
  type Orientation,
  uprightSize,
} from './formats/header.js'
export { type ImageMetadata, type MetadataField, metadataFields } from './formats/image-metadata.js'
export { type Kept, type KeptField, keptFields } from './formats/keep/kept.js'
export { readHeader } from './formats/read-header.js'
export { sniffFormat } from './formats/signatures.js'
export { extensionOf, secureFilename, shownName } from './input/filename.js'
export { type ReadOptions, readLimited } from './input/read-limited.js'
export { type Sha256, sha256 } from './input/sha256.js'
export { type Crop, type Focus, parseCrop, parseFocus, type View } from './input/view.js'
export { type Note, type NoteCode, note, noteTable, type RepairCode } from './notes/notes.js'
export { admit } from './pipeline/admit.js'
export { type Kit, sanitize, sanitizeAll, type UploadByPolicy } from './pipeline/pipeline.js'
export { probe } from './pipeline/probe.js'
export { discardRecorded, type Recording } from './pipeline/recording.js'
export { kindOf, nameContent, sniff } from './pipeline/sniff.js'
export type {
  Admitted,
  Body,
  Probed,
  Rendered,
  Sniffed,
  StageResult,
  Stored,
  StoredFile,
  Upload,
  Verified,
  VerifiedRendition,
} from './pipeline/stages.js'
export { traceUpload, type UploadEvent } from './pipeline/trace.js'
export { verify, verifyOutput } from './pipeline/verify.js'
export { describePolicy } from './policy/describe.js'
export { type NarrowerInput, narrowPolicy } from './policy/narrow.js'
export { cropRegion, fitInside, planRendering, planSize } from './policy/plan.js'
export { bodyLimit, definePolicy, type Policy, type PolicyInput } from './policy/policy.js'
export { PolicyError } from './policy/policy-error.js'
export { type Role, rolePolicies } from './policy/roles.js'
export type { ImageSettings, PolicySettings, Preset, StillFormat } from './policy/settings.js'
export { checkSupport } from './policy/support.js'
export { type Discardable, discard } from './stored/discard.js'
export { checkHeld } from './stored/held.js'
export { keyFor, keyGrammar, makeKeyStem, recordId } from './stored/key.js'
export { type Keyring, keyring, type Secrets } from './stored/keyring.js'
export { type Drawing, newUploadId, stemOf, type UploadId } from './stored/upload-id.js'
export { formatByteSize, parseByteSize } from './text/byte-size.js'
export { nameHint, nearestName } from './text/nearest-name.js'
