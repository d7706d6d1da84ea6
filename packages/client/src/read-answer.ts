import {
  type ErrorCode,
  type ErrorParams,
  errorTable,
  type Policy,
  UploadError,
  type Uploaded,
} from '@sluice/core'

export interface Answer {
  readonly status: number
  readonly body: string
  /** The header of that name. */
  readonly retryAfter: string | null
}

/** What stands before the application answers in its own words: Nginx a body over its limit, a gateway a server that is down. */
const codeOfStatus: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [408, 'upload-too-slow'],
  [413, 'too-large'],
  [429, 'rate-limited'],
  [502, 'busy'],
  [503, 'busy'],
  [504, 'busy'],
])

/**
 * The image of an accepted upload.
 * @throws UploadError of a refusal: of problem details (RFC 9457) with their code, numbers and title, which is in the
 * person's language; of anything else by its status
 */
export function readAnswer(answer: Answer, policy: Policy): Uploaded {
  const { status } = answer
  const content = parse(answer.body)
  if (status >= 200 && status < 300 && content) {
    const { uploads = [content] } = content as { uploads?: readonly unknown[] }
    return uploads[0] as Uploaded
  }
  throw content && isCode(content.code) ? ofProblem(content.code, content) : ofStatus(answer, policy)
}

function ofProblem(code: ErrorCode, { title, params }: Record<string, unknown>): UploadError {
  const numbers = typeof params === 'object' && params !== null ? (params as ErrorParams) : {}
  return new UploadError(code, numbers, { message: typeof title === 'string' ? title : undefined })
}

function ofStatus({ status, body, retryAfter }: Answer, { maxBytes }: Policy): UploadError {
  const detail = `${status}: ${body.slice(0, 200)}`
  // A gateway seldom says when; a minute is polite.
  const seconds = Number(retryAfter) || 60
  return new UploadError(
    codeOfStatus.get(status) ?? 'internal',
    { maxBytes, retryAfter: seconds },
    { detail },
  )
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(body)
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code)
}
