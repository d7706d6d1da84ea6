import { describePolicy } from '@sluice/core'
import type { Command } from 'commander'
import { loadPolicy } from '../load-policy.js'
import type { ExitCode, Terminal } from '../terminal.js'

export function policyCommand(program: Command, { stdout }: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('policy')
    .description('print the effective policy as Markdown')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--json', 'as JSON')
    .action(async (options: { readonly policy?: string; readonly json?: boolean }) => {
      const policy = await loadPolicy(options.policy)
      stdout.write(
        options.json ? `${JSON.stringify(policy, null, 2)}\n` : `${describePolicy(policy).trimEnd()}\n`,
      )
      exit(0)
    })
}
