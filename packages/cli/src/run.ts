import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { auditCommand } from './commands/audit.js'
import { backupCommand } from './commands/backup.js'
import { benchCommand } from './commands/bench.js'
import { copyCommand } from './commands/copy.js'
import { importCommand } from './commands/import.js'
import { inspectCommand } from './commands/inspect.js'
import { nginxCommand } from './commands/nginx.js'
import { policyCommand } from './commands/policy.js'
import { rerenderCommand } from './commands/rerender.js'
import { restoreCommand } from './commands/restore.js'
import { sanitizeCommand } from './commands/sanitize.js'
import { sweepCommand } from './commands/sweep.js'
import { trialCommand } from './commands/trial.js'
import { verifyCommand } from './commands/verify.js'
import { escapeControls } from './escape-controls.js'
import { type ExitCode, type Terminal, UsageError } from './terminal.js'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

/** Runs one command line. `args` without the interpreter and the program. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = new Command('sluice')
    .description('Turns untrusted images into safe ones.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: text => terminal.stdout.write(text),
      writeErr: text => terminal.stderr.write(text),
    })
  const commands = [
    sanitizeCommand,
    trialCommand,
    inspectCommand,
    auditCommand,
    policyCommand,
    nginxCommand,
    backupCommand,
    restoreCommand,
    verifyCommand,
    sweepCommand,
    importCommand,
    copyCommand,
    rerenderCommand,
    benchCommand,
  ]
  for (const define of commands) {
    define(program, terminal, code => {
      exitCode = code
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    // Help and version leave this way too, with code 0. A wrong command line was reported by commander
    // itself.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2
    if (!(thrown instanceof UsageError)) throw thrown
    terminal.stderr.write(`sluice: ${escapeControls(thrown.message)}\n`)
    return 2
  }
}
