import type { Policy } from '@sluice/core'
import type { Report } from '../report.js'
import { sayFuel, sayMib, sayMs } from '../words.js'

/** The price that was set before decoding, what decoding took of it, and what each step took. */
export function Costs({ report, policy }: { readonly report: Report; readonly policy: Policy }) {
  const { costs, price } = report
  const decode = costs.find(({ step }) => step === 'decode')
  const longest = Math.max(...costs.map(({ ms }) => ms), Number.MIN_VALUE)
  return (
    <section class="card" aria-labelledby="costs">
      <h2 id="costs">What it cost</h2>
      {price && decode && (
        <>
          <p>
            Priced by its header, before a pixel was decoded: fuel {sayFuel(price.fuel)}. Decoding took{' '}
            {sayFuel(decode.fuel)}, of {sayFuel(price.limit)} at which it would have been stopped.
          </p>
          <div
            class="price"
            role="img"
            aria-label={`${Math.round((100 * decode.fuel) / price.limit)} percent of the limit`}
            style={{
              '--took': `${(100 * decode.fuel) / price.limit}%`,
              '--price': `${(100 * price.fuel) / price.limit}%`,
            }}
          />
        </>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <td />
            <th scope="col">Time</th>
            <th scope="col">Fuel</th>
            <th scope="col">Memory held</th>
          </tr>
        </thead>
        <tbody>
          {costs.map(({ step, ms, fuel, memoryBytes }) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              <td aria-hidden="true">
                <i class="bar" style={{ '--part': `${(100 * ms) / longest}%` }} />
              </td>
              <td>{sayMs(ms)}</td>
              <td>{fuel > 0 ? sayFuel(fuel) : 'not metered'}</td>
              <td>{sayMib(memoryBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft small">
        Fuel is about a turn of a loop: the same for this file on every machine. The policy allows{' '}
        {sayMib(policy.memoryMb * 2 ** 20)} and {sayMs(policy.timeMs)}.
      </p>
    </section>
  )
}
