import type { Command } from 'commander'
import { auditFolder } from '../audit/audit-folder.js'
import { escapeControls } from '../escape-controls.js'
import { loadPolicy } from '../load-policy.js'
import type { ExitCode, Terminal } from '../terminal.js'
import { counted } from '../words.js'

interface Options {
  readonly policy?: string
  readonly incoming?: string
  readonly json?: boolean
}

export function auditCommand(program: Command, { stdout }: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('audit')
    .description('look for anything in a folder of finished images that should not be there')
    .argument('<folder>', 'the public folder of a store')
    .option('--incoming <folder>', 'where commits are prepared, if not at the default place')
    .option('--policy <file>', 'hold the images to the sizes of this policy')
    .option('--json', 'one JSON object a finding, and one at the end with the counts')
    .action(async (folder: string, options: Options) => {
      const policy = await loadPolicy(options.policy)
      let findings = 0
      let files = 0
      for await (const seen of auditFolder(folder, policy, options.incoming)) {
        if ('file' in seen) files++
        else {
          findings++
          const { path, problem, detail } = seen
          stdout.write(
            options.json
              ? `${JSON.stringify(seen)}\n`
              : `${problem}: ${escapeControls(path)}${detail ? ` (${escapeControls(detail)})` : ''}\n`,
          )
        }
      }
      stdout.write(
        options.json
          ? `${JSON.stringify({ files, findings })}\n`
          : `${counted(files, 'file')}, ${counted(findings, 'finding')}\n`,
      )
      exit(findings > 0 ? 1 : 0)
    })
}
