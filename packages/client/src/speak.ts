import { type Messages, sayRefusal, UploadError } from '@sluice/core'

/** The same error in the language of a catalogue; as it is without one. */
export function speak(error: UploadError, messages: Messages | undefined): UploadError {
  if (messages === undefined) return error
  const { code, params, stage, detail, cause } = error
  return new UploadError(code, params, { message: sayRefusal(code, params, messages), stage, detail, cause })
}

/** Runs what may be refused in the browser: its refusals are in the language of the catalogue. */
export async function speaking<Value>(
  messages: Messages | undefined,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work()
  } catch (thrown) {
    throw thrown instanceof UploadError ? speak(thrown, messages) : thrown
  }
}
