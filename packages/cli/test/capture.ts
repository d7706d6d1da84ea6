import { run } from '../src/run.js'

interface Given {
  readonly input?: string | Uint8Array
  readonly interruption?: () => AbortSignal
  /** Told of each piece that is written to standard output. */
  readonly onWrite?: (text: string) => void
}

/** Runs a command line and keeps what it printed. */
export async function capture(args: readonly string[], given: string | Given = {}) {
  const { input = '', interruption, onWrite } = typeof given === 'string' ? { input: given } : given
  let stdout = ''
  let stderr = ''
  const exitCode = await run(args, {
    stdin: (async function* () {
      yield input
    })(),
    stdout: {
      write: text => {
        stdout += text
        onWrite?.(text)
      },
    },
    stderr: { write: text => (stderr += text) },
    interruption,
  })
  return { exitCode, stdout, stderr, lines: () => stdout.trimEnd().split('\n') }
}
