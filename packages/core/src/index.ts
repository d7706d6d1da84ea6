export type {
  Budget,
  Placeholder,
  PlannedOutput,
  Rectangle,
  Renderer,
  Rendering,
  RenderPlan,
  Rendition,
} from './contracts/renderer.js'
export { srcset } from './contracts/srcset.js'
export type { FileToStore, Store, StoredEntry } from './contracts/store.js'
export type { Uploaded, UploadedFile } from './contracts/uploaded.js'
export { type ErrorCode, errorTable, type Fixer, type Stage, stages } from './errors/error-table.js'
export {
  type ErrorParams,
  fillMessage,
  UploadError,
  type UploadErrorOptions,
  type UploadErrorRecord,
} from './errors/upload-error.js'
export { foreignNames } from './formats/foreign-signatures.js'
export {
  type Format,
  formatOfExtension,
  formats,
  formatTable,
  type OutputFormat,
  outputFormats,
} from './formats/format.js'
export {
  type ColourModel,
  type Header,
  type HeifHeader,
  type JpegHeader,
  type Orientation,
  uprightSize,
} from './formats/header.js'
export { readHeader } from './formats/read-header.js'
export { sniffFormat } from './formats/signatures.js'
export { extensionOf, secureFilename } from './input/filename.js'
export { type ReadOptions, readLimited } from './input/read-limited.js'
export { admit } from './pipeline/admit.js'
export { startJourney, type UploadEvent } from './pipeline/journey.js'
export { keyFor, keyGrammar, makeKeyStem } from './pipeline/key.js'
export { type Kit, sanitize, sanitizeAll } from './pipeline/pipeline.js'
export { probe } from './pipeline/probe.js'
export { sha256 } from './pipeline/sha256.js'
export { nameContent, sniff } from './pipeline/sniff.js'
export type {
  Admitted,
  Body,
  Probed,
  Rendered,
  Sniffed,
  Stored,
  StoredFile,
  Upload,
  Verified,
} from './pipeline/stations.js'
export { verify, verifyOutput } from './pipeline/verify.js'
export { formatByteSize, parseByteSize } from './policy/byte-size.js'
export { describePolicy } from './policy/describe.js'
export { fitInside, planRendering } from './policy/plan.js'
export { definePolicy, type Policy, PolicyError, type PolicyInput } from './policy/policy.js'
export type { ImageSettings, PolicySettings, Preset, StillFormat } from './policy/settings.js'
export { checkSupport } from './policy/support.js'
