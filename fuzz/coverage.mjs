import { Session } from 'node:inspector'

/** @typedef {import('node:inspector').Profiler.ScriptCoverage} ScriptCoverage */
/**
 * @typedef {{ url: string, run: Uint8Array }} Run for each place in the text of a script: 1 where it has been run
 */

/**
 * What has been run so far, by V8's own block counters (Chrome DevTools protocol, Profiler).
 * @param {(url: string) => boolean} isOurs chooses the scripts that count
 */
export function startCoverage(isOurs) {
  const session = new Session()
  session.connect()
  /** @param {Error | null} error */
  const check = error => {
    if (error) throw error
  }
  session.post('Profiler.enable', check)
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true }, check)

  /** By script. @type {Map<string, Uint8Array>} */
  const seen = new Map()
  /** @type {readonly Run[]} */
  let fresh = []

  /** Of the time since the last look. Inner ranges come after the outer ones that they correct. */
  function take() {
    /** @type {ScriptCoverage[]} */
    const scripts = []
    // In one thread the answer comes before `post` returns.
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      check(error)
      scripts.push(...result.filter(({ url }) => isOurs(url)))
    })
    return scripts.map(({ url, functions }) => {
      const length = Math.max(...functions.flatMap(({ ranges }) => ranges.map(range => range.endOffset)))
      const run = new Uint8Array(length)
      for (const { ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges)
          run.fill(Math.min(count, 1), startOffset, endOffset)
      return { url, run }
    })
  }

  return {
    /** Whether anything ran since the last look that is not remembered. */
    isNew() {
      fresh = take()
      return fresh.some(({ url, run }) => {
        const known = seen.get(url)
        return known === undefined || run.some((count, at) => count === 1 && known[at] !== 1)
      })
    },
    /** Remembers what the last look saw. */
    remember() {
      for (const { url, run } of fresh) {
        const known = seen.get(url) ?? new Uint8Array(run.length)
        run.forEach((count, at) => {
          if (count === 1) known[at] = 1
        })
        seen.set(url, known)
      }
    },
    /** Drops what the last look saw. */
    forget() {
      fresh = []
    },
  }
}
