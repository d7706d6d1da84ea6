import type { Made, Report } from '../report.js'
import { sampleOf } from '../samples.js'

/** The same bytes here and there. */
export function Hashes({ report, made }: { readonly report: Report; readonly made: Made }) {
  const server = sampleOf(report.sample)?.server
  const known = server && 'sha256' in server && report.isDefaultPolicy ? server.sha256 : undefined
  const isSame = known === made.sha256
  return (
    <section class="card hashes" aria-labelledby="hashes">
      <h2 id="hashes">
        SHA-256 of what came out
        {known !== undefined &&
          (isSame ? <span class="same">, the same</span> : <span class="other">, not the same</span>)}
      </h2>
      <dl class="facts">
        <dt>Here</dt>
        <dd class="hash" data-hash="here">
          <Hash of={made.sha256} />
        </dd>
        <dt>A server</dt>
        {known === undefined ? (
          <dd class="soft">
            {report.sample ? (
              'was asked with the default policy'
            ) : (
              <>
                makes the same: <code>npx sluice sanitize {report.file.name}</code>
              </>
            )}
          </dd>
        ) : (
          <dd class="hash" data-hash="server">
            <Hash of={known} />
          </dd>
        )}
      </dl>
    </section>
  )
}

/** Eight digits at a time, so that two can be compared by eye. */
function Hash({ of }: { readonly of: string }) {
  return (of.match(/.{8}/g) ?? []).map((digits, at) => <span key={at}>{digits}</span>)
}
