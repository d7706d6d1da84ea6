import '@sluice/client/element'
import type { UploadDetail } from '@sluice/client/element'
import type { Policy } from '@sluice/core'
import { useState } from 'preact/hooks'
import { type Sample, samples } from '../samples.js'

interface Props {
  readonly open: (file: File) => void
  readonly choose: (sample: string) => void
  readonly chosen: string | undefined
  readonly policy: Policy
}

const offered = ['photo', 'screenshot', 'animation', 'bomb', 'script']
const groups = [
  ['good', 'Good'],
  ['awkward', 'Awkward'],
  ['hostile', 'Hostile'],
] as const

/** Files come by dropping, pasting and choosing, anywhere on the page; or one of ours is taken. */
export function Drop({ open, choose, chosen, policy }: Props) {
  const [all, setAll] = useState(false)
  const chips = (wanted: readonly Sample[]) =>
    wanted.map(sample => <Chip key={sample.id} {...{ sample, choose, chosen }} />)
  /** Nothing is sent: the file is the page's. */
  function take(event: CustomEvent<UploadDetail>) {
    event.preventDefault()
    open(event.detail.file)
  }
  return (
    <section class="choosing" aria-label="A file">
      {/* Also what no upload would be offered: hostile files are the point. */}
      <sluice-upload whole-page accept="" aria-label="A file" policy={policy} onsluice-chosen={take} />
      <div class="chips">
        {!all && chips(samples.filter(({ id }) => offered.includes(id) || id === chosen))}
        <button type="button" aria-expanded={all} aria-controls="all-samples" onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${samples.length - offered.length} more`}
        </button>
      </div>
      <div id="all-samples" hidden={!all}>
        {groups.map(([group, title]) => (
          <div class="group" key={group}>
            <h2 class="small soft">{title}</h2>
            <div class="chips">{chips(samples.filter(sample => sample.group === group))}</div>
          </div>
        ))}
      </div>
    </section>
  )
}

function Chip({ sample, choose, chosen }: { readonly sample: Sample } & Pick<Props, 'choose' | 'chosen'>) {
  const { id, title, group } = sample
  return (
    <button
      type="button"
      class={group === 'hostile' ? 'hostile' : ''}
      aria-pressed={id === chosen}
      onClick={() => choose(id)}
    >
      {title}
    </button>
  )
}
