import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Where the package pg is installed. */
const cwd = fileURLToPath(new URL('../../records/', import.meta.url))

interface Given {
  readonly env?: NodeJS.ProcessEnv
  /** When it is ended by SIGKILL, in milliseconds. Default: never. */
  readonly killMs?: number | undefined
}

/** Runs the command line in a process of its own, from where records in Postgres can be opened. */
export async function runCli(program: string, args: readonly string[], { env, killMs }: Given = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    printed += text
  })
  const timer = killMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killMs)
  const [code, signal] = await once(child, 'close')
  clearTimeout(timer)
  return { code: code as number | null, signal: signal as NodeJS.Signals | null, printed }
}
