import { elementOf } from './xml.js'

/** What a service of S3's API has refused: the `cause` of a `store-failed`. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  constructor(
    /** Method and key. */
    readonly request: string,
    /** HTTP status. */
    readonly status: number,
    /** S3's own code, such as `AccessDenied` or `SlowDown`; undefined where the answer has none. */
    readonly code?: string | undefined,
  ) {
    super(`${request}: ${status}${code === undefined ? '' : ` ${code}`}`)
  }
}

/** Error documents are short; what is longer is none. */
const longestBody = 16_384

/** Reads an answer that is no success. */
export async function s3Error(request: string, response: Response): Promise<S3Error> {
  const code = elementOf(await textOf(response), 'Code')
  return new S3Error(
    request,
    response.status,
    code !== undefined && /^[\w.-]{1,64}$/.test(code) ? code : undefined,
  )
}

/** As much of a body as an error document may have; '' where its line breaks, for the status counts. */
async function textOf({ body }: Response): Promise<string> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  try {
    while (text.length < longestBody) {
      const { done, value } = await reader.read()
      if (done) return text
      text += decoder.decode(value, { stream: true })
    }
  } catch (thrown) {
    if (thrown instanceof Error) return text
    throw thrown
  } finally {
    reader.cancel().catch(() => {})
  }
  return ''
}
