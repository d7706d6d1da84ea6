/*
 * A Worker whose queue hands each job to the test, and tells it what becomes of the messages.
 */
import { UploadError, type UploadErrorRecord } from '@sluice/core'
import { type Batch, consume } from '@sluice/jobs/cloudflare'

interface Fetcher {
  fetch(url: string, init: { method: string; body: string }): Promise<Response>
}
interface Env {
  readonly TEST: Fetcher
  readonly QUEUE: { send(body: unknown): Promise<void> }
}

const ask = (env: Env, path: string, content: unknown) =>
  env.TEST.fetch(`http://test/${path}`, { method: 'POST', body: JSON.stringify(content) })

export default {
  async fetch(request: Request, env: Env) {
    await env.QUEUE.send(await request.json())
    return new Response()
  },
  async queue(batch: Batch & { readonly queue: string }, env: Env) {
    const told: Promise<unknown>[] = []
    const messages = batch.messages.map(message => ({
      body: message.body,
      attempts: message.attempts,
      ack() {
        message.ack()
        told.push(ask(env, 'done', message.body))
      },
      // As soon as may be: the test has no time for a growing delay.
      retry({ delaySeconds }: { delaySeconds: number }) {
        told.push(ask(env, 'delay', delaySeconds))
        message.retry({ delaySeconds: 0 })
      },
    }))
    if (batch.queue === 'dead') for (const { body } of messages) told.push(ask(env, 'dead', body))
    else
      await consume({ messages }, async job => {
        const answer = await ask(env, 'work', job)
        if (answer.status === 500) throw new TypeError(await answer.text())
        if (!answer.ok) throw UploadError.fromRecord((await answer.json()) as UploadErrorRecord)
      })
    await Promise.all(told)
  },
}
