import { resolve } from 'node:path'
import type { Command } from 'commander'
import { loadPolicy } from '../load-policy.js'
import { nginxBlock } from '../nginx-block.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'

interface Options {
  readonly policy?: string
  readonly uploadPath: string
  readonly publicPath: string
  readonly upstream: string
  readonly maxFiles: string
}

/** What needs no quoting in Nginx. */
const plain = 'ASCII letters, digits, dot, _ and -'

export function nginxCommand(program: Command, { stdout }: Terminal, exit: (code: ExitCode) => void) {
  program
    .command('nginx')
    .description('print the Nginx block that matches the policy')
    .argument('<folder>', 'the public folder of the store')
    .option('--policy <file>', 'JSON, or a module that exports a policy')
    .option('--upload-path <path>', 'where uploads are posted', '/images')
    .option('--public-path <path>', 'where finished images are served', '/images/')
    .option('--upstream <url>', 'where the application listens', 'http://127.0.0.1:3000')
    .option(
      '--max-files <number>',
      'most files in one request, the same as `maxFiles` of the application',
      '1',
    )
    .action(async (folder: string, { policy, uploadPath, publicPath, upstream, maxFiles }: Options) => {
      check('--upload-path', uploadPath, /^\/[\w./-]*$/, `begin with /, then have only ${plain} and /`)
      check(
        '--public-path',
        publicPath,
        /^\/(?:[\w.-]+\/)+$/,
        `look like /images/: between slashes, ${plain}`,
      )
      check(
        '--upstream',
        upstream,
        /^https?:\/\/[\w.:[\]-]+$/,
        'look like http://127.0.0.1:3000, without a path',
      )
      check('--max-files', maxFiles, /^(?:[1-9]\d?|100)$/, 'be a whole number from 1 to 100')
      const absolute = `${resolve(folder)}/`
      check('the folder', absolute, /^\/[\w./-]*$/, `have a path of only ${plain} and /`)
      const site = { uploadPath, publicPath, folder: absolute, upstream, maxFiles: Number(maxFiles) }
      stdout.write(nginxBlock(await loadPolicy(policy), site))
      exit(0)
    })
}

/** What stands in a configuration must not be able to end a line of it. */
function check(name: string, value: string, grammar: RegExp, wanted: string) {
  if (!grammar.test(value)) throw new UsageError(`${name} must ${wanted}, not ${JSON.stringify(value)}`)
}
