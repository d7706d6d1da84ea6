import { formatTable, type Policy, uprightSize } from '@sluice/core'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Made, Report } from '../report.js'
import { sayBytes } from '../words.js'
import { Lens } from './lens.js'
import { Numbers } from './numbers.js'

interface Props {
  readonly report: Report
  readonly policy: Policy
}

/** Before and after in one frame, divided by a slider, with a magnifier; the numbers below. */
export function Compare({ report, policy }: Props) {
  const { made } = report
  return (
    <section class="card compare" aria-label="Before and after">
      {made ? <Pictures report={report} made={made} policy={policy} /> : <div class="frame waiting" />}
      {made && <Numbers report={report} made={made} policy={policy} />}
    </section>
  )
}

/** An address for bytes, for as long as the component is there. */
function useAddress(bytes: Blob): string {
  const address = useMemo(() => URL.createObjectURL(bytes), [bytes])
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  return address
}

function Pictures({ report, made, policy }: Props & { readonly made: Made }) {
  const { file, format, inspected } = report
  // Only what was accepted is shown as it was: no browser draws a bomb here.
  const original = useMemo(
    () => new Blob([file], { type: format ? formatTable[format].type : '' }),
    [file, format],
  )
  const result = useMemo(() => new Blob([made.bytes], { type: formatTable[made.format].type }), [made])
  const [before, after] = [useAddress(original), useAddress(result)]
  const [split, setSplit] = useState(50)
  const [magnified, setMagnified] = useState(false)
  const size = inspected?.header && uprightSize(inspected.header)
  const { width, height } = made
  const { x, y } = policy.output.focus
  const name = `${file.name.replace(/\.\w+$/, '')}.${made.format}`
  return (
    <>
      <div
        class={width < 400 && height < 300 ? 'frame small-picture' : 'frame'}
        style={{
          '--split': magnified ? '0%' : `${split}%`,
          '--wide': width,
          '--high': height,
          '--focus': `${100 * x}% ${100 * y}%`,
        }}
      >
        <div class="pictures">
          <img class="before" src={before} alt={`${file.name} as it came`} />
          <img class="after" src={after} alt={`${file.name} as it was drawn anew`} />
          {!magnified && (
            <>
              <input
                type="range"
                min={0}
                max={100}
                value={split}
                aria-label="Divide before and after"
                aria-valuetext={`${split} percent before, ${100 - split} percent after`}
                onInput={({ currentTarget }) => setSplit(Number(currentTarget.value))}
              />
              <i class="divider" aria-hidden="true" />
            </>
          )}
          {magnified && <Lens before={before} after={after} width={width} height={height} />}
        </div>
        <span class="tag before-tag">
          before
          {size && (
            <span>
              {' '}
              · {size.width} x {size.height}
            </span>
          )}{' '}
          · {sayBytes(file.size)}
        </span>
        <span class="tag after-tag">
          after
          <span>
            {' '}
            · {width} x {height}
          </span>{' '}
          · {sayBytes(made.bytes.length)}
        </span>
      </div>
      <div class="tools chips">
        <button type="button" aria-pressed={magnified} onClick={() => setMagnified(!magnified)}>
          Magnifier
        </button>
        <a class="button" href={after} download={name}>
          Save what came out
        </a>
      </div>
    </>
  )
}
