import type { Refused, Report } from '../report.js'
import { sampleOf } from '../samples.js'
import { controlOf, idOf } from '../settings.js'
import { sayBytes, sayMs } from '../words.js'

const whoFixes = {
  sender: 'The sender can fix this.',
  developer: 'The developer of the page that sends it can fix this.',
  operator: 'The operator of the server can fix this.',
} as const

/** Calm: what was refused, why, what can be done, and what it cost to find out. */
export function Refusal({ report, refused }: { readonly report: Report; readonly refused: Refused }) {
  const { code, message, stage, status, detail, fixer } = refused
  const control = controlOf(code)
  return (
    <section class="card refused" aria-labelledby="refused">
      <h2 id="refused">
        Refused at {stage}: <code>{code}</code>
      </h2>
      <p class="large">{message}</p>
      <p>
        {whoFixes[fixer]}
        {control && (
          <>
            {' '}
            What decides is{' '}
            <button type="button" class="link" onClick={() => focusOn(idOf(control))}>
              {control.label}
            </button>{' '}
            in your policy.
          </>
        )}
      </p>
      <p>
        <small>
          {costOf(report)} HTTP {status}
          {detail !== undefined && <>, and in the log: {detail.replace(/\.$/, '')}</>}.
        </small>
      </p>
      <SameOnServer report={report} code={code} />
    </section>
  )
}

function costOf({ ms, file, costs }: Report): string {
  const spent = Object.values(ms).reduce((sum, each) => sum + each, 0)
  const pixels = costs.length > 0 || ms.probe !== undefined ? 'nothing of it came out' : 'no pixel was made'
  return `${sayMs(spent)} for ${sayBytes(file.size)}; ${pixels}.`
}

function SameOnServer({
  report: { sample, isDefaultPolicy },
  code,
}: {
  readonly report: Report
  readonly code: string
}) {
  const server = sampleOf(sample)?.server
  if (!server || !isDefaultPolicy) return null
  const isSame = 'code' in server && server.code === code
  return (
    <p class={isSame ? 'same' : 'other'}>
      {isSame ? 'A server says the same.' : 'A server says something else.'}
    </p>
  )
}

function focusOn(id: string): void {
  const control = document.getElementById(id)
  control?.focus()
  control?.scrollIntoView({ block: 'center' })
}
