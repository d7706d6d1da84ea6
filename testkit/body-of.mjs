// What a server of a test was sent, by a client that may be closed, killed or cut off while it sends.

/**
 * All of it; undefined where the sender hung up before the end: an error that nobody catches would fail the whole run.
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Buffer | undefined>}
 */
export async function bodyOf(request) {
  try {
    return Buffer.concat(await request.toArray())
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ECONNRESET') return undefined
    throw error
  }
}
