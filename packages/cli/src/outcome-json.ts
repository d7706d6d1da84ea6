import type { Outcome } from './sanitize-file.js'

/** What `--json` prints for one file. */
export function describeOutcome(outcome: Outcome) {
  const { file, ok, ms } = outcome
  if (!outcome.ok) {
    const { code, status, stage, message, input } = outcome
    return { file, ok, code, status, stage, message, inputBytes: input?.bytes, ms }
  }
  const {
    key,
    width,
    height,
    format,
    frames,
    bytes,
    sha256,
    variants,
    placeholder,
    notes,
    policyVersion,
    input,
  } = outcome.stored
  return {
    file,
    ok,
    key,
    width,
    height,
    format,
    frames,
    bytes,
    inputBytes: input.bytes,
    ms,
    sha256,
    input: {
      format: input.format,
      width: input.width,
      height: input.height,
      frames: input.frames,
      orientation: input.orientation,
      sha256: input.sha256,
    },
    ...(Object.keys(variants).length > 0 ? { variants } : {}),
    ...(placeholder ? { placeholder } : {}),
    notes,
    policyVersion,
  }
}
