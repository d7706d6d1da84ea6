import { openAsBlob } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What every row is sent: one file of each format, and one that only the decoder can find bad. */
const samples = {
  jpeg: 'photos/phone-portrait.jpg',
  png: 'png/photo.png',
  gif: 'gif/animated.gif',
  bad: 'bad/cut.jpg',
}

/**
 * Posts them one after the other, as a form does.
 * @param {string} url
 * @returns {Promise<import('./row.js').Answers>}
 */
export async function post(url) {
  const answers = {}
  for (const [name, path] of Object.entries(samples)) {
    const form = new FormData()
    const file = fileURLToPath(new URL(`../../fixtures/files/${path}`, import.meta.url))
    form.set('image', await openAsBlob(file), path.split('/').at(-1))
    // As a browser does: some frameworks turn away a form that does not say where it comes from.
    const headers = { origin: new URL(url).origin }
    const signal = AbortSignal.timeout(60_000)
    const response = await fetch(url, { method: 'POST', body: form, headers, signal })
    answers[name] = answerOf(response.status, await response.text())
  }
  return answers
}

function answerOf(status, text) {
  try {
    const { sha256, code } = JSON.parse(text)
    if (sha256 || code) return sha256 ?? `${status} ${code}`
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
  }
  // An answer of somebody else.
  return `${status} ${text.slice(0, 200)}`
}
