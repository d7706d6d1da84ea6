import type { Report } from '../report.js'
import { stageRows } from '../stage-rows.js'

const words = { waiting: 'not reached', now: 'at work', done: 'done', refused: 'refused' } as const

/** The pipeline as a line of lights: each stage with what it said. */
export function Stages({ report }: { readonly report: Report }) {
  return (
    <ol class="stages" aria-label="Stages of the pipeline">
      {stageRows(report).map(({ name, state, text }, at) => (
        <li key={name} data-state={state} style={{ '--at': at }}>
          <b>{name}</b>
          <span class="unseen">, {words[state]}: </span>
          <span class="said">{text}</span>
        </li>
      ))}
    </ol>
  )
}
