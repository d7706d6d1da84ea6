import type { Policy } from '@sluice/core'
import { gainOf } from '../gain.js'
import type { Made, Report } from '../report.js'
import { sayMib, sayMs } from '../words.js'

interface Props {
  readonly report: Report
  readonly made: Made
  readonly policy: Policy
}

/** Size, time, memory and price, each beside what it is compared with. */
export function Numbers({ report, made, policy }: Props) {
  const { file, ms, costs, price, ssim } = report
  const { percent, isSmaller } = gainOf(file.size, made.bytes.length)
  const memory = Math.max(0, ...costs.map(({ memoryBytes }) => memoryBytes))
  const took = Object.values(ms).reduce((sum, each) => sum + each, 0)
  const decode = costs.find(({ step }) => step === 'decode')
  return (
    <dl class="numbers">
      <Figure
        name={isSmaller ? 'Smaller' : 'Larger'}
        value={percent}
        beside={ssim === undefined ? 'comparing…' : sameness(ssim)}
      />
      <Figure name="Took" value={sayMs(took)} beside="one worker" />
      <Figure name="Memory" value={sayMib(memory)} beside={`of ${policy.memoryMb} allowed`} />
      <Figure
        name="Price"
        value={price && decode ? `${Math.round((100 * decode.fuel) / price.limit)} %` : 'none'}
        beside="of its limit"
      />
    </dl>
  )
}

function sameness(ssim: number): string {
  return ssim === 1 ? 'every pixel the same' : `SSIM ${(Math.floor(ssim * 1000) / 1000).toFixed(3)}`
}

function Figure({
  name,
  value,
  beside,
}: {
  readonly name: string
  readonly value: string
  readonly beside: string
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        <small>{beside}</small>
      </dd>
    </div>
  )
}
