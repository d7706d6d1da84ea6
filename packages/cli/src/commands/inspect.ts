import type { Command } from 'commander'
import { inspectFile } from '../inspect/inspect-file.js'
import { inspectionJson, inspectionText } from '../inspect/inspection-text.js'
import { loadPolicy } from '../load-policy.js'
import type { ExitCode, Terminal } from '../terminal.js'

export function inspectCommand(
  program: Command,
  { stdin, stdout }: Terminal,
  exit: (code: ExitCode) => void,
) {
  program
    .command('inspect')
    .description('say what a suspicious file is, what it carries, and what would become of it')
    .argument('<file>', 'a file, or - for standard input')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { readonly policy?: string; readonly json?: boolean }) => {
      const inspection = await inspectFile(file, await loadPolicy(options.policy), stdin)
      stdout.write(
        options.json
          ? `${JSON.stringify(inspectionJson(inspection), null, 2)}\n`
          : inspectionText(inspection),
      )
      exit(inspection.verdict.ok ? 0 : 1)
    })
}
