import { useEffect, useState } from 'preact/hooks'
import { type Sample, samples } from '../samples.js'

interface Props {
  readonly open: (file: File) => void
  readonly choose: (sample: string) => void
  readonly chosen: string | undefined
}

const offered = ['photo', 'screenshot', 'animation', 'bomb', 'script']
const groups = [
  ['good', 'Good'],
  ['awkward', 'Awkward'],
  ['hostile', 'Hostile'],
] as const

/** Files come by dropping, pasting and choosing, anywhere on the page; or one of ours is taken. */
export function Drop({ open, choose, chosen }: Props) {
  const [over, setOver] = useState(false)
  const [all, setAll] = useState(false)
  useEffect(() => listen(open, setOver), [open])
  const chips = (wanted: readonly Sample[]) =>
    wanted.map(sample => <Chip key={sample.id} {...{ sample, choose, chosen }} />)
  return (
    <section class={over ? 'drop over' : 'drop'} aria-label="A file">
      <div class="row">
        <label class="pick button primary">
          Choose a picture
          <input
            type="file"
            class="unseen"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? []
              if (file) open(file)
              currentTarget.value = ''
            }}
          />
        </label>
        <span class="soft">or drop one, or paste it</span>
        <div class="chips few">
          {!all && chips(samples.filter(({ id }) => offered.includes(id) || id === chosen))}
          <button type="button" aria-expanded={all} aria-controls="all-samples" onClick={() => setAll(!all)}>
            {all ? 'Fewer' : `${samples.length - offered.length} more`}
          </button>
        </div>
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

/** A file that is dropped beside the place for it would take the page away. */
function listen(open: Props['open'], setOver: (over: boolean) => void): () => void {
  const take = (event: Event, data: DataTransfer | null) => {
    const [file] = data?.files ?? []
    if (!file) return
    event.preventDefault()
    open(file)
  }
  const listeners = {
    paste: (event: ClipboardEvent) => take(event, event.clipboardData),
    drop(event: DragEvent) {
      event.preventDefault()
      setOver(false)
      take(event, event.dataTransfer)
    },
    dragover(event: DragEvent) {
      event.preventDefault()
      setOver(true)
    },
    dragleave: (event: DragEvent) => setOver(event.relatedTarget !== null),
  }
  const entries = Object.entries(listeners) as [string, EventListener][]
  for (const [name, listener] of entries) addEventListener(name, listener)
  return () => {
    for (const [name, listener] of entries) removeEventListener(name, listener)
  }
}
