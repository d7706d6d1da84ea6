import { definePolicy, type PolicyInput } from '@sluice/core'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { hear, isDone, type Report, startReport } from '../report.js'
import { run } from '../run.js'
import { fileOf, sampleOf } from '../samples.js'
import { fromFragment, type Kept, toFragment } from '../settings.js'
import { Announcer } from './announcer.js'
import { Carried } from './carried.js'
import { Compare } from './compare.js'
import { Costs } from './costs.js'
import { Drop } from './drop.js'
import { Hashes } from './hashes.js'
import { PolicyCard } from './policy-card.js'
import { Refusal } from './refusal.js'
import { Stages } from './stages.js'
import { Welcome } from './welcome.js'

/** What somebody chose: a file of theirs or a sample of ours, and a policy. */
interface Chosen extends Kept {
  readonly file?: File | undefined
}

let lastId = 0

export function App() {
  const [chosen, setChosen] = useState<Chosen>(() => fromFragment(location.hash))
  const [report, setReport] = useState<Report>()
  const { file, sample, settings } = chosen
  const policy = useMemo(() => definePolicy(settings), [settings])

  useEffect(() => draw({ file, sample, settings }, setReport), [file, sample, settings])
  useEffect(() => {
    const fragment = toFragment({ sample, settings })
    if (fragment !== location.hash.slice(1)) history.replaceState(null, '', `#${fragment}`)
  }, [sample, settings])
  useEffect(() => {
    const follow = () => setChosen(({ file }) => ({ file, ...fromFragment(location.hash) }))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])

  function change(settings: PolicyInput) {
    setChosen(chosen => ({ ...chosen, settings }))
  }

  return (
    <>
      <Drop
        open={file => setChosen(({ settings }) => ({ file, settings }))}
        choose={sample => setChosen(({ settings }) => ({ sample, settings }))}
        chosen={sample}
        policy={policy}
      />
      <Announcer report={report} />
      {report && <Stages report={report} />}
      <div class={report && !report.refused ? 'columns' : 'columns without-picture'}>
        <div class="column main">
          {!report && <Welcome />}
          {report?.refused && <Refusal report={report} refused={report.refused} />}
          {report && !report.refused && <Compare key={report.id} report={report} policy={policy} />}
          {report?.made && <Costs report={report} policy={policy} />}
        </div>
        <div class="column side">
          {report?.inspected && <Carried report={report} inspected={report.inspected} />}
          {report && isDone(report) && report.made && <Hashes report={report} made={report.made} />}
        </div>
        <PolicyCard settings={settings} policy={policy} change={change} />
      </div>
    </>
  )
}

/** Takes what was chosen through the pipeline. @returns what forgets it, where something else is chosen meanwhile */
function draw(
  { file, sample, settings }: Chosen,
  setReport: (change: (last?: Report) => Report | undefined) => void,
) {
  const id = ++lastId
  const bundled = sampleOf(sample)
  async function start() {
    const taken = bundled ? await fileOf(bundled) : file
    if (!taken) return
    const bytes = new Uint8Array(await taken.arrayBuffer())
    if (id !== lastId) return
    const isDefaultPolicy = definePolicy(settings).version === definePolicy().version
    setReport(() => startReport({ id, file: taken, sample: bundled?.id, isDefaultPolicy }))
    run({ id, name: taken.name, bytes, settings }, news =>
      setReport(report => (report?.id === id ? hear(report, news) : report)),
    )
  }
  void start()
}
