export { admit } from './admit.js'
export { formatByteSize, parseByteSize } from './byte-size.js'
export { checkSupport } from './check-support.js'
export { describePolicy } from './describe-policy.js'
export { type ErrorCode, errorTable, type Fixer, type Stage, stages } from './error-table.js'
export {
  type ErrorParams,
  fillMessage,
  UploadError,
  type UploadErrorOptions,
  type UploadErrorRecord,
} from './errors.js'
export { extensionOf, secureFilename } from './filename.js'
export { foreignNames } from './foreign-signatures.js'
export {
  type Format,
  formatOfExtension,
  formats,
  formatTable,
  type OutputFormat,
  outputFormats,
} from './format.js'
export {
  type ColourModel,
  type Header,
  type HeifHeader,
  type JpegHeader,
  type Orientation,
  uprightSize,
} from './header.js'
export { readHeader } from './headers/read-header.js'
export { startJourney, type UploadEvent } from './journey.js'
export { keyFor, keyGrammar, makeKeyStem } from './key.js'
export { type Kit, sanitize } from './pipeline.js'
export { fitInside, planRendering } from './plan.js'
export { definePolicy, type Policy, PolicyError, type PolicyInput } from './policy.js'
export type { ImageSettings, PolicySettings, Preset, StillFormat } from './policy-settings.js'
export { probe } from './probe.js'
export { type ReadOptions, readLimited } from './read-limited.js'
export type {
  Budget,
  Placeholder,
  PlannedOutput,
  Rectangle,
  Renderer,
  Rendering,
  RenderPlan,
  Rendition,
} from './renderer.js'
export { sha256 } from './sha256.js'
export { sniffFormat } from './signatures.js'
export { nameContent, sniff } from './sniff.js'
export { srcset } from './srcset.js'
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
} from './stations.js'
export type { FileToStore, Store, StoredEntry } from './store.js'
export type { Uploaded, UploadedFile } from './uploaded.js'
export { verify, verifyOutput } from './verify.js'
