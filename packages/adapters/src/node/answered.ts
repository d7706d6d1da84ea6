import type { ServerResponse } from 'node:http'
import { checkAnswer, unanswered } from '../answer/kept.js'

/**
 * Resolved where the application has given its answer with a status below 400, also where the client did not
 * wait for all of it. Rejected where it answered otherwise, or the connection closed before.
 */
export function answered(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    function settle() {
      response.off('finish', settle).off('close', settle)
      try {
        if (!response.writableEnded) throw unanswered()
        checkAnswer(response.statusCode)
        resolve()
      } catch (thrown) {
        reject(thrown)
      }
    }
    response.on('finish', settle).on('close', settle)
    if (response.destroyed) settle()
  })
}

/** The Location of files that are deleted again must not be sent, whoever writes the answer. */
export function withoutLocationOnFailure(response: ServerResponse): void {
  const { writeHead } = response
  response.writeHead = (...given: unknown[]) => {
    if (Number(given[0]) >= 400) response.removeHeader('Location')
    return Reflect.apply(writeHead, response, given)
  }
}
