import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capture } from '../../packages/cli/test/capture.js'
import { root } from '../package/pack.js'

test('the page on the command line has every command, and no option that there is not', async () => {
  const page = readFileSync(join(root, 'docs/cli.md'), 'utf8')
  const { stdout } = await capture(['--help'])
  const commands = [...stdout.matchAll(/^ {2}(\w+) (?:\[options\]|\S)/gm)]
    .map(([, name = '']) => name)
    .filter(name => name !== 'help')
  expect(commands.length).toBeGreaterThanOrEqual(8)
  expect(commands.filter(name => !page.includes(`\n## ${name}\n`))).toEqual([])
  for (const name of commands) {
    const [, part = ''] = new RegExp(`\n## ${name}\n([^]*?)(?=\n## |$)`).exec(page) ?? []
    const { stdout: help } = await capture([name, '--help'])
    const told = [...part.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option)
    expect(
      told.filter(option => !help.includes(`${option} `)),
      name,
    ).toEqual([])
  }
})
