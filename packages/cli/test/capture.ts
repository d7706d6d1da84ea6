import { run } from '../src/run.js'

/** Runs a command line and keeps what it printed. */
export async function capture(args: readonly string[], input = '') {
  let stdout = ''
  let stderr = ''
  const exitCode = await run(args, {
    stdin: (async function* () {
      yield input
    })(),
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
  })
  return { exitCode, stdout, stderr, lines: () => stdout.trimEnd().split('\n') }
}
