// One upload, as a browser sends it, by a client that behaves or does not.
import { request } from 'node:http'

/** @import { Client } from './schedule.mjs' */
/** @import { Told } from './check-store.mjs' */

/**
 * @typedef {object} Answer
 * @property {number} status 0 where the connection was lost, -1 where the client gave up waiting
 * @property {string} [code] of a refusal
 * @property {readonly Told[]} told the files that a 201 names
 * @property {number} endedAt on the clock of performance.now()
 * @property {number} [sentAt] when the last byte was handed to the system
 */
/**
 * @typedef {object} Sending
 * @property {number} port
 * @property {Buffer} form the body
 * @property {Client} client
 * @property {number} who a number for each client, which is its address and its name
 * @property {number} patienceMs
 * @property {Readonly<Record<string, string>>} [headers] besides those of every browser
 */

export const boundary = 'form-of-a-browser-4f2b9c'
const slowly = { first: 4096, bytes: 512, everyMs: 1000 }

/**
 * The body of a form with one file.
 * @param {{ name: string, type: string }} file
 * @param {Uint8Array} bytes
 */
export function formOf({ name, type }, bytes) {
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="image"; filename="${name}"`,
    `Content-Type: ${type}`,
    '\r\n',
  ].join('\r\n')
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

/** All of 127.0.0.0/8 is this machine, so that strangers have addresses of their own. @param {number} who */
const addressOf = who => `127.${64 + ((who >> 16) & 63)}.${(who >> 8) & 255}.${who & 255 || 1}`

/**
 * Never rejects.
 * @param {Sending} sending
 * @returns {Promise<Answer>}
 */
export function upload({ port, form, client, who, patienceMs, headers = {} }) {
  return new Promise(resolve => {
    /** @type {number | undefined} */
    let sentAt
    /** @type {NodeJS.Timeout | undefined} */
    let trickle
    const outgoing = request({
      host: '127.0.0.1',
      localAddress: addressOf(who),
      port,
      path: '/images',
      method: 'POST',
      agent: false,
      headers: {
        host: `localhost:${port}`,
        'x-user': `user-${who}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': form.length,
        ...headers,
      },
    })
    const patience = setTimeout(() => end({ status: -1, told: [] }), patienceMs)
    /** The first call counts. @param {Omit<Answer, 'endedAt'>} answer */
    const end = answer => {
      clearTimeout(patience)
      clearInterval(trickle)
      outgoing.destroy()
      resolve({ ...answer, endedAt: performance.now(), ...(sentAt === undefined ? {} : { sentAt }) })
    }
    const lost = () => end({ status: 0, told: [] })
    outgoing.on('error', lost)
    outgoing.on('finish', () => {
      sentAt = performance.now()
    })
    outgoing.on('response', response => {
      /** @type {Buffer[]} */
      const chunks = []
      response.on('error', lost)
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => end(answerOf(response.statusCode ?? 0, Buffer.concat(chunks).toString())))
    })
    if (client === 'whole') outgoing.end(form)
    else if (client === 'cut') outgoing.write(form.subarray(0, form.length >> 1), lost)
    else {
      let sent = Math.min(slowly.first, form.length >> 1)
      outgoing.write(form.subarray(0, sent))
      trickle = setInterval(() => {
        const next = form.subarray(sent, sent + slowly.bytes)
        sent += next.length
        if (sent < form.length) outgoing.write(next)
        else outgoing.end(next)
      }, slowly.everyMs)
    }
  })
}

/** @param {number} status @param {string} text @returns {Omit<Answer, 'endedAt'>} */
export function answerOf(status, text) {
  if (status !== 201) return { status, told: [], ...codeIn(text) }
  const { variants = {}, ...main } = JSON.parse(text)
  const files = [main, .../** @type {Told[]} */ (Object.values(variants))]
  return { status, told: files.map(({ key, sha256 }) => ({ key, sha256 })) }
}

/** Of a problem document; others answer what they like. @param {string} text */
function codeIn(text) {
  const [, code] = /"code":"([a-z-]+)"/.exec(text) ?? []
  return code === undefined ? {} : { code }
}
