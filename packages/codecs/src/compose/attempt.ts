import { type ErrorCode, UploadError } from '@sluice/core'

/** Does one step of a part. What it throws, numbers and strings too, becomes `code`; an UploadError stays as it is. */
export async function attempt<Value>(code: ErrorCode, step: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await step()
  } catch (thrown) {
    throw UploadError.from(thrown, code, { stage: 'render' })
  }
}
