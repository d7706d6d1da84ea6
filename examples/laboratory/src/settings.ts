import {
  definePolicy,
  type ErrorCode,
  formatByteSize,
  type Policy,
  PolicyError,
  type PolicyInput,
} from '@sluice/core'
import { sayCount, sayMs } from './words.js'

/** Where a setting stands in a policy: `quality` is `output.quality`. */
export type Path = readonly [string] | readonly [string, string]

/** A setting with a slider: it takes one of these values. */
export interface Slider {
  readonly kind: 'slider'
  readonly path: Path
  readonly label: string
  readonly values: readonly number[]
  readonly say: (value: number) => string
}

/** A setting with a few choices. */
export interface Choice {
  readonly kind: 'choice'
  readonly path: Path
  readonly label: string
  readonly choices: readonly (readonly [value: string, label: string])[]
}

export type Control = Slider | Choice

const doubling = (from: number, times: number) => Array.from({ length: times + 1 }, (_, at) => from * 2 ** at)
const upTo = (last: number, step: number) => Array.from({ length: last / step + 1 }, (_, at) => at * step)
const megapixels = (value: number) => `${sayCount(value / 1e6)} megapixels`
const slider = (path: Path, label: string, values: readonly number[], say: Slider['say']): Slider => ({
  kind: 'slider',
  path,
  label,
  values,
  say,
})

export const controls: readonly Control[] = [
  slider(['maxFileBytes'], 'Largest file', doubling(2 ** 14, 12), formatByteSize),
  slider(
    ['maxPixels'],
    'Most pixels',
    [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 100, 128].map(each => each * 1e6),
    megapixels,
  ),
  slider(['maxFrames'], 'Most frames', [1, 2, 5, 10, 20, 50, 100, 200, 300, 500, 1000], sayCount),
  slider(['maxScans'], 'Most scans', [1, 5, 10, 20, 50, 100, 200, 500, 1000], sayCount),
  slider(
    ['output', 'maxWidth'],
    'Box',
    [64, 160, 320, 480, 640, 800, 1200, 1600, 2000, 2560, 4096],
    value => `${value} px`,
  ),
  slider(['output', 'quality'], 'Quality', upTo(100, 1), String),
  slider(['output', 'effort'], 'Effort', upTo(6, 1), String),
  slider(['memoryMb'], 'Memory', [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024], value => `${value} MiB`),
  slider(['timeMs'], 'Time', [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000], sayMs),
  slider(['headroom'], 'Headroom', [1, 1.5, 2, 3, 4, 5, 10, 20], value => `${value} times the price`),
  slider(['animationEffort'], 'Effort of animations', upTo(6, 1), String),
  {
    kind: 'choice',
    path: ['animated'],
    label: 'Animations',
    choices: [
      ['keep', 'stay what they are'],
      ['webp', 'become WebP'],
      ['gif', 'become GIF'],
      ['first-frame', 'first frame'],
      ['refuse', 'refused'],
    ],
  },
  {
    kind: 'choice',
    path: ['mismatch'],
    label: 'Wrong extension',
    choices: [
      ['refuse', 'refused'],
      ['allow', 'content decides'],
    ],
  },
  {
    kind: 'choice',
    path: ['nameless'],
    label: 'No extension',
    choices: [
      ['refuse', 'refused'],
      ['accept', 'content decides'],
    ],
  },
  {
    kind: 'choice',
    path: ['trailingData'],
    label: 'Bytes behind the end',
    choices: [
      ['drop', 'dropped'],
      ['refuse', 'refused'],
    ],
  },
  {
    kind: 'choice',
    path: ['repair'],
    label: 'Small damage',
    choices: [
      ['browser', 'mended as browsers do'],
      ['none', 'refused'],
    ],
  },
]

/** Which control governs a refusal. */
const governs: Readonly<Partial<Record<ErrorCode, string>>> = {
  'too-large': 'maxFileBytes',
  'too-many-pixels': 'maxPixels',
  'too-many-frames': 'maxFrames',
  'too-many-scans': 'maxScans',
  'too-much-memory': 'memoryMb',
  'timed-out': 'timeMs',
  'too-costly': 'headroom',
  'extension-mismatch': 'mismatch',
  'extension-missing': 'nameless',
  'trailing-data': 'trailingData',
  'animation-not-allowed': 'animated',
  'needs-repair': 'repair',
}

export function controlOf(code: ErrorCode): Control | undefined {
  return controls.find(({ path }) => path[0] === governs[code])
}

export const idOf = ({ path }: Control): string => `policy-${path.join('-')}`

type Json = Readonly<Record<string, unknown>>

export function valueAt(policy: Policy, [first, second]: Path): unknown {
  const value = (policy as unknown as Json)[first]
  return second === undefined ? value : (value as Json)[second]
}

const defaults = definePolicy()

/** The settings with one changed; what is as by default is left out, so that a link stays short. */
export function withSetting(
  settings: PolicyInput,
  [first, second]: Path,
  value: string | number,
): PolicyInput {
  const { [first]: old, ...others } = settings as Json
  const isDefault = valueAt(defaults, second === undefined ? [first] : [first, second]) === value
  if (second === undefined) return inProportion(isDefault ? others : { ...others, [first]: value })
  // The box is square here; as JSON it need not be.
  const names = second === 'maxWidth' ? ['maxWidth', 'maxHeight'] : [second]
  const kept = Object.entries((old ?? {}) as Json).filter(([name]) => !names.includes(name))
  const image = Object.fromEntries([...kept, ...(isDefault ? [] : names.map(name => [name, value]))])
  return Object.keys(image).length > 0 ? { ...others, [first]: image } : others
}

/** All frames together may have no fewer pixels than one. */
function inProportion(settings: Json): PolicyInput {
  const { maxPixels, maxTotalPixels, ...others } = settings
  if (typeof maxPixels !== 'number') return others
  return { ...others, maxPixels, ...(maxPixels > defaults.maxTotalPixels && { maxTotalPixels: maxPixels }) }
}

export type Parsed =
  | { readonly policy: Policy; readonly settings: PolicyInput }
  | { readonly problem: string }

/** What somebody typed, or a link holds. */
export function parseSettings(text: string): Parsed {
  try {
    const settings = JSON.parse(text.trim() || '{}') as PolicyInput
    return { policy: definePolicy(settings), settings }
  } catch (thrown) {
    if (thrown instanceof PolicyError || thrown instanceof SyntaxError) return { problem: thrown.message }
    throw thrown
  }
}

/** What the address keeps behind its `#`: which sample, and the policy where it is not the default one. */
export interface Kept {
  readonly sample?: string | undefined
  readonly settings: PolicyInput
}

export function toFragment({ sample, settings }: Kept): string {
  const kept = new URLSearchParams()
  if (sample !== undefined) kept.set('sample', sample)
  if (Object.keys(settings).length > 0) kept.set('policy', JSON.stringify(settings))
  return kept.toString()
}

/** A policy that is none is left out: a link may be old, or a stranger's. */
export function fromFragment(fragment: string): Kept {
  const kept = new URLSearchParams(fragment.replace(/^#/, ''))
  const parsed = parseSettings(kept.get('policy') ?? '')
  return { sample: kept.get('sample') ?? undefined, settings: 'settings' in parsed ? parsed.settings : {} }
}
