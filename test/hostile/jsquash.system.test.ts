import { beforeAll, describe, expect, it } from 'vitest'
import { holdsAll, type Result } from './holds.js'
import { run } from './run.mjs'

/*
 * The codecs of others within the same walls. Two of the ways; all of them:
 * node test/hostile/report.mjs --renderer jsquash --json test/hostile/results/jsquash.json
 */
const ways = ['pipeline', 'starved'] as const

/** What the kernel draws by rows, or in the size of the output, these hold whole. */
const tooLarge = ['scans-100-64mp.jpg', 'means-41mp.jpg', 'pixels-64mp-16-bit.png', 'pixels-64mp-plain.webp']
/** Those GIFs that the probe accepts. */
const unread = [
  'frame-far-away.gif',
  'self-reference.gif',
  'frames-128mp.gif',
  'frames-128mp-of-stripes.gif',
  'frames-128mp-shrunk.gif',
  'interlaced-64mp.gif',
  'canvas-64mp.gif',
]

/** 512 of the policy, and the process. */
const maxMiB = 600

const results: Result[] = []
beforeAll(() => run(ways, result => results.push(result as Result), 'jsquash'), 600_000)

describe.each(ways)('%s by jSquash', mode => {
  const mine = () => results.filter(result => result.mode === mode)
  holdsAll(mine, maxMiB)

  if (mode === 'pipeline')
    it('gives the verdict that is known of the made ones, but for what it cannot hold or read', () => {
      const known: Readonly<Record<string, string>> = {
        ...Object.fromEntries(tooLarge.map(name => [name, 'too-much-memory'])),
        ...Object.fromEntries(unread.map(name => [name, 'unsupported-kind'])),
      }
      const wrong = mine().filter(({ made, name, expected, ok, verdict }) => {
        // The clock's limit comes before the others on a machine that has much else to do.
        const allowed = [known[name] ?? expected, 'timed-out']
        return made && !allowed.includes(ok ? 'accepted' : verdict)
      })
      expect(wrong).toEqual([])
    })

  if (mode === 'starved')
    it.each(['scans-1000-25mp.jpg', 'pixels-64mp-16-bit.png', 'pixels-64mp-plain.webp'])(
      'runs out of fuel: %s',
      name => expect(mine().find(result => result.name === name)?.verdict).toBe('too-costly'),
    )
})
