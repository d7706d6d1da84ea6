import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Told } from '../../benchmarks/flood/check-store.mjs'
import { type Answer, formOf, upload } from '../../benchmarks/flood/client.mjs'

const files = [
  ['photos/valley.jpg', 'image/jpeg'],
  ['photos/grey.jpg', 'image/jpeg'],
  ['png/interlaced.png', 'image/png'],
  ['gif/animated.gif', 'image/gif'],
].map(([name = '', type = '']) => {
  const path = fileURLToPath(new URL(`../../fixtures/files/${name}`, import.meta.url))
  return formOf({ name, type }, readFileSync(path))
})

const clients = 6
const uploadsEach = 2
/** Of one crowd. */
export const uploads = clients * uploadsEach
const patienceMs = 10_000
/** Of one upload that is sent again until it is answered. */
const mostTries = 200
const restMs = 100

/** What became of all uploads. */
export interface Heard {
  readonly told: readonly Told[]
  /** Answers that said yes. */
  readonly accepted: number
  /** Uploads that nobody said anything about: their files may be there or not. */
  readonly lost: number
  /** Answers by status; 0 is a connection that broke, -1 one that was given up. */
  readonly statuses: Readonly<Record<string, number>>
}

/**
 * Several clients, one upload after the other each. With keys, one that was not answered, or by a fault of the
 * server's, is sent again under its key until it is: nothing remains unknown then.
 */
export async function crowd(port: number, keys: boolean): Promise<Heard> {
  const told: Told[] = []
  const statuses: Record<string, number> = {}
  let accepted = 0
  let lost = 0
  async function send(who: number, nth: number): Promise<void> {
    const key = crypto.randomUUID()
    const form = files[(who + nth) % files.length] ?? Buffer.alloc(0)
    const once = () =>
      upload({
        port,
        form,
        client: 'whole',
        who,
        patienceMs,
        headers: { origin: `http://localhost:${port}`, ...(keys ? { 'idempotency-key': key } : {}) },
      })
    let answer = note(await once())
    for (let tries = 1; keys && isOpen(answer) && tries < mostTries; tries++) {
      await new Promise(resolve => setTimeout(resolve, restMs))
      answer = note(await once())
    }
    if (answer.status === 201) accepted++
    if (answer.status <= 0) lost++
    told.push(...answer.told)
  }
  function note(answer: Answer): Answer {
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    return answer
  }
  const sending = Array.from({ length: clients }, async (_, who) => {
    for (let nth = 0; nth < uploadsEach; nth++) await send(who + 1, nth)
  })
  await Promise.all(sending)
  return { told, accepted, lost, statuses }
}

const isOpen = ({ status }: Answer) => status <= 0 || status >= 500
