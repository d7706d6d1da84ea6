import { definePolicy, type PolicyInput, sayRefusal } from '@sluice/core'
import type { Job, News } from './report.js'
import code from './worker/main.ts?worker'

// From file: and under a policy that allows no other scripts, a worker has no address of its own to come from.
const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
const start = () => new Worker(address)

let worker = start()
let running: Job | undefined
let overtime: ReturnType<typeof setTimeout> | undefined

/** More than the policy's time, for what happens before and after the drawing. */
const graceMs = 10_000

/** Takes one file through the pipeline, in the place of one that is still on its way. */
export function run(job: Job, hear: (news: News) => void): void {
  if (running) restart()
  running = job
  const { timeMs } = definePolicy(job.settings)
  overtime = setTimeout(() => {
    restart()
    hear({ kind: 'refused', ms: timeMs, refused: timedOut(job.settings) })
  }, timeMs + graceMs)
  worker.onmessage = ({ data: { id, ...news } }: MessageEvent<News & { readonly id: number }>) => {
    if (id !== job.id) return
    if (news.kind === 'refused' || news.kind === 'compared') finish()
    hear(news as News)
  }
  worker.postMessage(job)
}

function timedOut(settings: PolicyInput) {
  const { timeMs } = definePolicy(settings)
  const message = sayRefusal('timed-out', { timeMs })
  return { code: 'timed-out', status: 422, stage: 'render', message, fixer: 'sender' } as const
}

function finish(): void {
  clearTimeout(overtime)
  running = undefined
}

/** What a file has begun ends with its worker. */
function restart(): void {
  finish()
  worker.terminate()
  worker = start()
}
