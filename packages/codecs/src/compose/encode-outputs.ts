import type { Header, PlannedOutput, Rendering, RenderPlan, Rendition } from '@sluice/core'
import type { Encoder, Frame } from '../codec.js'
import { placeholderOf, placeholderOutput } from '../placeholder.js'
import { type Branch, lockstep } from './lockstep.js'
import type { Shape } from './shape.js'
import type { Watch } from './watch.js'

interface Job {
  readonly output: PlannedOutput
  readonly encoder: Encoder
}
interface Context {
  readonly header: Header
  readonly plan: RenderPlan
  readonly watch: Watch
  readonly shape: Shape
}

/** Shapes and encodes every output, and the placeholder, from one run through the frames. */
export async function encodeOutputs(
  frames: AsyncGenerator<Frame, void>,
  jobs: readonly Job[],
  { header, plan, watch, shape }: Context,
): Promise<Rendering> {
  const wanted = plan.placeholder !== 'none'
  const branches = lockstep(frames, jobs.length + (wanted ? 1 : 0))

  async function* shaped(branch: Branch<Frame>, output: PlannedOutput): AsyncGenerator<Frame, void> {
    for await (const frame of branch) {
      yield await watch.step('render-failed', () => shape(frame, output))
      if (!output.animated) return
    }
  }
  /** A part that stopped reading, for whatever reason, must not hold up the others. */
  async function read<Value>(index: number, work: (branch: Branch<Frame>) => Promise<Value>): Promise<Value> {
    const branch = branches[index]
    if (!branch) throw new RangeError('a branch for each output')
    try {
      return await work(branch)
    } finally {
      branch.leave()
    }
  }

  const renditions = jobs.map(({ output, encoder }, index) =>
    read(index, async (branch): Promise<Rendition> => {
      const { name, format, width, height, quality, effort } = output
      const count = output.animated ? header.frames : 1
      const { plays } = header
      const options = { budget: plan.budget, width, height, quality, effort, frames: count, plays }
      const bytes = await watch.step('render-failed', () => encoder.encode(shaped(branch, output), options))
      return { name, format, bytes, width, height, frames: count }
    }),
  )
  const placeholder = wanted
    ? read(jobs.length, branch => placeholderOf(shaped(branch, placeholderOutput(header))))
    : undefined
  try {
    const [finished, hash] = await Promise.all([Promise.all(renditions), placeholder])
    watch.check()
    return { renditions: finished, placeholder: hash }
  } finally {
    await frames.return()
  }
}
