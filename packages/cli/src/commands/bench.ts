import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { benchTable } from '../bench/bench-table.js'
import { findContenders } from '../bench/contenders.js'
import { measure, median } from '../bench/measure.js'
import { findPictures } from '../bench/pictures.js'
import { loadPolicy } from '../load-policy.js'
import type { ExitCode, Terminal } from '../terminal.js'

interface Options {
  readonly policy?: string
  readonly rounds: number
  readonly json?: boolean
}

export function benchCommand(program: Command, { stdout }: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('bench')
    .description('measure how long your pictures take here, next to sharp if this folder has it installed')
    .argument('[files...]', 'pictures and folders of them', ['.'])
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--rounds <n>', 'how often each library makes each picture', parseRounds, 5)
    .option('--json', 'one JSON object per picture')
    .action(async (paths: readonly string[], options: Options) => {
      const contenders = await findContenders(await loadPolicy(options.policy), process.cwd())
      let refused = false
      for (const file of await findPictures(paths)) {
        const results = await measure(await readFile(file), contenders, options.rounds)
        refused ||= results[0]?.refusal !== undefined
        stdout.write(
          options.json
            ? `${JSON.stringify({ file, results: results.map(asJson) })}\n`
            : `${benchTable(file, results)}\n`,
        )
      }
      exit(refused ? 1 : 0)
    })
}

function asJson({ name, rounds, bytes, refusal }: Awaited<ReturnType<typeof measure>>[number]) {
  return refusal === undefined ? { name, ms: median(rounds), rounds, bytes } : { name, refusal }
}

function parseRounds(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 999.')
  return Number(text)
}
