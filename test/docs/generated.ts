import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { root } from '../package/pack.js'

/**
 * Holds a part of a document, between `<!-- name -->` and `<!-- /name -->`, to what the code says. `npm run
 * docs` (vitest with `-u`) writes it again.
 * @param document from the root of the repository
 */
export async function expectGenerated(document: string, name: string, text: string): Promise<void> {
  const path = join(root, document)
  const now = readFileSync(path, 'utf8')
  const part = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)
  expect(now, `${document} has a place for ${name}`).toMatch(part)
  await expect(now.replace(part, (_, start, end) => `${start}${text}\n${end}`)).toMatchFileSnapshot(path)
}

/** Rows of Markdown: `|` in a cell would end it. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
