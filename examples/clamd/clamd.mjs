import { connect } from 'node:net'

/**
 * Asks clamd about some bytes, by INSTREAM of its socket protocol (man 8 clamd).
 * @param {Uint8Array} bytes
 * @param {string} socketPath such as /run/clamav/clamd.ctl
 * @returns {Promise<string | undefined>} the name of what was found, or undefined
 * @throws Error where clamd does not answer: nothing is let in then
 */
export async function scan(bytes, socketPath) {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  const socket = connect(socketPath)
  socket.setTimeout(10_000, () => socket.destroy(new Error('clamd does not answer')))
  for (const part of ['zINSTREAM\0', length, bytes, new Uint8Array(4)]) socket.write(part)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  if (answer.startsWith('stream: OK')) return undefined
  const found = /^stream: (.{1,200}) FOUND/.exec(answer)?.[1]
  if (found) return found
  throw new Error(`clamd said ${JSON.stringify(answer.slice(0, 200))}`)
}
