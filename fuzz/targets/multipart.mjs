// A whole request into the fetch handler: an answer in JSON that is never our fault, and never a hang.
import assert from 'node:assert/strict'
import { uploadHandler } from '@sluice/adapters/fetch'
import { UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { mutateBytes } from '@sluice/testkit/mutate/bytes'

/**
 * Refuses every picture, so that the time goes into reading the request.
 * @type {import('@sluice/core').Renderer}
 */
const renderer = {
  name: 'none',
  reads: ['jpeg', 'png', 'gif', 'webp'],
  writes: ['webp', 'gif'],
  render: async () => {
    throw new UploadError('decode-failed')
  },
}
const handler = uploadHandler({
  store: memoryStore(),
  public: true,
  csrf: false,
  renderer,
  policy: { maxBytes: 65_536 },
  fields: {
    image: { maxFiles: 3, crop: 'crop', focus: 'focus' },
    avatar: { policy: { maxFileBytes: 64 } },
  },
  otherFiles: 'pass',
  maxFields: 4,
  maxFieldBytes: 64,
  maxConcurrent: 100,
  idleMs: 2000,
  onEvent: () => {},
})

const boundary = 'limit'
/** @param {string} head @param {string} body */
const part = (head, body) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
/** @param {string} name */
const file = name => part(`name="image"; ${name}`, '\x89PNG\r\n\x1a\n')
const end = `--${boundary}--\r\n`
const bodies = [
  file('filename="a.png"') + end,
  part('name="title"', 'a boat') + file('filename="a.png"') + end,
  file('filename="a.png"') + file('filename="b.png"') + end,
  file("filename*=UTF-8''%e7%85%a7.png") + end,
  file('filename="a\\"b.png"; filename*=UTF-8\'\'c.png') + end,
  `preamble\r\n${file('filename=a.png')}${end}epilogue`,
  part('name="__proto__"', '1') + part('name="constructor"', '2') + file('filename="a.png"') + end,
  part('name="crop"', '0.1,0,0.5,1') + part('name="focus"', '0,1') + file('filename="a.png"') + end,
  part('name="tag"', 'a') + part('name="tag"', 'b') + file('filename="a.png"') + end,
  part('name="avatar"; filename="me.png"', 'x'.repeat(60)) +
    part('name="cv"; filename="cv.pdf"', '%PDF') +
    end,
  part('name="image"\r\nContent-Type: image/png', '\x89PNG\r\n\x1a\n') + end,
  `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n${end}`,
]
const pieces = [
  '\r\n',
  '\n',
  '\r',
  '--',
  `--${boundary}`,
  `\r\n--${boundary}`,
  end,
  '"',
  ';',
  ':',
  '\0',
  'filename="',
  'name="',
  'Content-Disposition: form-data; ',
  'x'.repeat(9000),
  '%',
  '\xff',
  '\\',
] // prettier-ignore

export const seeds = () => bodies.map(body => new Uint8Array(Buffer.from(body, 'latin1')))

/** @param {Uint8Array} bytes @param {import('@sluice/testkit/mutate/bytes').Random} random */
export function mutate(bytes, random) {
  const text = Buffer.from(bytes).toString('latin1')
  const at = random.below(text.length + 1)
  const grafted =
    text.slice(0, at) + random.pick(pieces) + text.slice(at + (random.chance(0.3) ? random.below(40) : 0))
  const changed = Buffer.from(random.chance(0.6) ? grafted : text, 'latin1')
  return new Uint8Array(random.chance(0.6) ? mutateBytes(changed, random, 3) : changed).subarray(0, 131_072)
}

/** @param {Uint8Array} bytes */
export async function run(bytes) {
  // Chunks end where the body says, so that they also end in the middle of a boundary.
  const size = 1 + (((bytes[0] ?? 0) * 7 + bytes.length) % 97)
  const body = new ReadableStream({
    start(controller) {
      const step = Math.max(size, bytes.length >> 8)
      for (let at = 0; at < bytes.length; at += step) controller.enqueue(bytes.slice(at, at + step))
      controller.close()
    },
  })
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const response = await handler(
    new Request(
      'http://localhost/',
      /** @type {RequestInit} */ ({ method: 'POST', body, headers, duplex: 'half' }),
    ),
  )
  const { status } = response
  const answer = await response.json()
  assert.ok(status >= 400 && status < 500, `status ${status}: ${JSON.stringify(answer)}`)
}
