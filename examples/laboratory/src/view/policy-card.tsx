import type { Policy, PolicyInput } from '@sluice/core'
import { useEffect, useState } from 'preact/hooks'
import {
  type Choice,
  type Control,
  controls,
  idOf,
  parseSettings,
  type Slider,
  valueAt,
  withSetting,
} from '../settings.js'

interface Props {
  readonly settings: PolicyInput
  readonly policy: Policy
  readonly change: (settings: PolicyInput) => void
}

/** The policy as sliders and as JSON; a link keeps it. */
export function PolicyCard({ settings, policy, change }: Props) {
  const set =
    ({ path }: Control) =>
    (value: string | number) =>
      change(withSetting(settings, path, value))
  const isDefault = Object.keys(settings).length === 0
  return (
    <section class="card policy" aria-labelledby="policy">
      <h2 id="policy">Your policy</h2>
      <div class="settings">
        {controls.map(control => {
          const value = valueAt(policy, control.path)
          return control.kind === 'slider' ? (
            <SliderRow key={idOf(control)} control={control} value={Number(value)} set={set(control)} />
          ) : (
            <ChoiceRow key={idOf(control)} control={control} value={String(value)} set={set(control)} />
          )
        })}
      </div>
      <Json settings={settings} change={change} />
      <div class="chips">
        <CopyLink />
        <button type="button" disabled={isDefault} onClick={() => change({})}>
          Back to the defaults
        </button>
      </div>
    </section>
  )
}

interface RowProps<Kind extends Control, Value> {
  readonly control: Kind
  readonly value: Value
  readonly set: (value: Value) => void
}

/** Moving it says the value, letting go of it draws. */
function SliderRow({ control, value, set }: RowProps<Slider, number>) {
  const { values, label, say } = control
  const [moving, setMoving] = useState<number>()
  const shown = moving ?? value
  const at = values.findIndex(each => each >= value)
  const index = values.indexOf(shown) >= 0 ? values.indexOf(shown) : at < 0 ? values.length - 1 : at
  return (
    <div class="setting">
      <label for={idOf(control)}>{label}</label>
      <output for={idOf(control)}>{say(shown)}</output>
      <input
        id={idOf(control)}
        type="range"
        min={0}
        max={values.length - 1}
        value={index}
        aria-valuetext={say(shown)}
        onInput={({ currentTarget }) => setMoving(values[Number(currentTarget.value)])}
        onChange={({ currentTarget }) => {
          setMoving(undefined)
          set(values[Number(currentTarget.value)] ?? value)
        }}
      />
    </div>
  )
}

function ChoiceRow({ control, value, set }: RowProps<Choice, string>) {
  return (
    <div class="setting">
      <label for={idOf(control)}>{control.label}</label>
      <select id={idOf(control)} value={value} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {control.choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}

const asText = (settings: PolicyInput) => JSON.stringify(settings, null, 2)

/** What differs from the defaults, as it stands in a program. */
function Json({ settings, change }: Pick<Props, 'settings' | 'change'>) {
  const [text, setText] = useState(asText(settings))
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    setText(asText(settings))
    setProblem(undefined)
  }, [settings])
  function take(given: string) {
    setText(given)
    const parsed = parseSettings(given)
    setProblem('problem' in parsed ? parsed.problem : undefined)
    if ('settings' in parsed && given.trim() !== asText(settings)) change(parsed.settings)
  }
  return (
    <details>
      <summary>As JSON, for definePolicy()</summary>
      <label class="unseen" for="policy-json">
        Policy as JSON
      </label>
      <textarea
        id="policy-json"
        class="hash"
        rows={Math.max(3, text.split('\n').length)}
        spellcheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby="policy-problem"
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      <p id="policy-problem" class="other small" role="alert">
        {problem}
      </p>
    </details>
  )
}

function CopyLink() {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(location.href)
    setCopied(true)
  }
  return (
    <button type="button" onClick={() => void copy()} onBlur={() => setCopied(false)}>
      <span aria-live="polite">{copied ? 'Copied' : 'Copy a link to this'}</span>
    </button>
  )
}
