import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capture } from '../../packages/cli/test/capture.js'
import { root } from '../package/pack.js'

const documents = readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md'))
const read = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

/** As GitHub names the headings of a page. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('what the documents link to is there, with its heading', () => {
  expect(documents.length).toBeGreaterThanOrEqual(8)
  const links = documents.flatMap(from =>
    [...read(from).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => ({ from, to })),
  )
  expect(links.length).toBeGreaterThan(60)
  const broken = links.filter(({ from, to }) => {
    if (/^https?:/.test(to)) return false
    const [path = '', anchor] = to.split('#')
    const target = join(root, 'docs', path === '' ? from : path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
  })
  expect(broken).toEqual([])
})

test('the page on the command line has every command, and no option that there is not', async () => {
  const page = read('cli.md')
  const { stdout } = await capture(['--help'])
  const commands = [...stdout.matchAll(/^ {2}(\w+) (?:\[options\]|\S)/gm)]
    .map(([, name = '']) => name)
    .filter(name => name !== 'help')
  expect(commands.length).toBeGreaterThanOrEqual(8)
  expect(commands.filter(name => !anchorsOf(page).includes(name))).toEqual([])
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
