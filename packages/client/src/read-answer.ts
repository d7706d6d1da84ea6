import {
  type ErrorCode,
  type ErrorParams,
  errorTable,
  type Messages,
  type Policy,
  UploadError,
  type Uploaded,
  type UploadedFile,
} from '@sluice/core'
import { speak } from './speak.js'

export interface Answer {
  readonly status: number
  readonly body: string
  /** The header of that name. */
  readonly retryAfter: string | null
}

/**
 * What stands before the application answers in its own words: Nginx a body over its limit, a gateway a
 * server that is down.
 */
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
 * The image of an accepted upload; the first where there are several.
 * @param messages for what is refused in other words than the server's
 * @throws UploadError `internal` where a success does not tell of an image; of a refusal: of problem details
 * (RFC 9457) with their code, numbers and title, which is in the person's language; of anything else by its
 * status
 */
export function readAnswer(answer: Answer, policy: Policy, messages?: Messages): Uploaded {
  const { status } = answer
  const content = parse(answer.body)
  if (status >= 200 && status < 300) {
    const first: unknown = Array.isArray(content?.uploads) ? content.uploads[0] : content
    if (isUploaded(first)) return first
  }
  throw content && isCode(content.code)
    ? ofProblem(content.code, content)
    : ofStatus(answer, policy, messages)
}

function ofProblem(code: ErrorCode, { title, params, file }: Record<string, unknown>): UploadError {
  const numbers = typeof params === 'object' && params !== null ? (params as ErrorParams) : {}
  return new UploadError(code, numbers, {
    message: typeof title === 'string' ? title : undefined,
    file: typeof file === 'string' ? file : undefined,
  })
}

function ofStatus(
  { status, body, retryAfter }: Answer,
  { maxFileBytes: maxBytes }: Policy,
  messages: Messages | undefined,
): UploadError {
  const detail = `${status}: ${body.slice(0, 200)}`
  // A gateway seldom says when; a minute is polite.
  const seconds = Number(retryAfter) || 60
  const code = codeOfStatus.get(status) ?? 'internal'
  return speak(new UploadError(code, { maxBytes, retryAfter: seconds }, { detail }), messages)
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(body)
    return isRecord(content) ? content : undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}

/** What the adapters answer, or the application behind them: it may add to it, and must leave nothing out. */
function isUploaded(content: unknown): content is Uploaded {
  if (!isRecord(content) || !isFile(content)) return false
  const { variants } = content
  return isRecord(variants) && Object.values(variants).every(variant => isRecord(variant) && isFile(variant))
}

function isFile(file: Record<string, unknown>): file is Record<string, unknown> & UploadedFile {
  const { key, url, format, sha256, width, height, frames, bytes } = file
  return (
    [key, url, format, sha256].every(text => typeof text === 'string' && text !== '') &&
    [width, height, frames, bytes].every(count => Number.isSafeInteger(count))
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code)
}
