import type { Renderer } from '@sluice/core'
import { type Examination, messageOf } from './exam.js'
import { antialiased, orientationsApplied, plannedSizes, roundTrips, transparencyKept } from './pictures.js'
import { quietly } from './quiet.js'
import { declines, garbageSurvived, truncationRefused } from './refusals.js'

const examinations: Readonly<Record<string, Examination>> = {
  declines,
  roundTrips,
  orientationsApplied,
  transparencyKept,
  antialiased,
  plannedSizes,
  truncationRefused,
  garbageSurvived,
}

/**
 * Examines a renderer with tiny files that it makes itself: colours of every format that the renderer reads, all eight
 * orientations, transparency, exact sizes, damaged and truncated files, the class of errors, and that nothing is printed or
 * left behind in `globalThis`. Needs no test framework.
 * @returns what is wrong, in words; nothing where all is well
 */
export async function checkRenderer(renderer: Renderer): Promise<string[]> {
  const problems: string[] = []
  const noise = await quietly(async () => {
    for (const [name, examine] of Object.entries(examinations)) {
      try {
        problems.push(...(await examine(renderer)))
      } catch (thrown) {
        problems.push(`${name}: ${messageOf(thrown)}`)
      }
    }
  })
  return [...problems, ...noise]
}
