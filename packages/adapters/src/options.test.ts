import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** Every property of the interfaces of a file: its path, its type and what an editor shows of it. */
function documented(file: string) {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap(({ name, members }) =>
    members.filter(ts.isPropertySignature).map(member => ({
      path: `${name.text}.${member.name.getText(source)}`,
      type: member.type?.getText(source) ?? '',
      optional: member.questionToken !== undefined,
      doc: ts
        .getJSDocCommentsAndTags(member)
        .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
        .join(' ')
        .replace(/\s+/g, ' '),
    })),
  )
}

/** What is called or asked has no default but that nobody is. */
const withoutDefault =
  /authorize|public|policies|fields|rateLimit|quota|beforeStore|onStored|messages|csrf\.token/

test('every option says what it is for, its default, and its unit and range where it is a number', () => {
  const options = documented('options.ts')
  expect(options.length).toBeGreaterThan(35)
  for (const { path, type, optional, doc } of options) {
    expect([path, doc]).toEqual([path, expect.stringMatching(/^[A-Z].*\.$/)])
    if (optional && !withoutDefault.test(path))
      expect([path, doc]).toEqual([path, expect.stringContaining('Default: ')])
    if (type !== 'number') continue
    expect([path, doc]).toEqual([path, expect.stringMatching(/\d to [\d,]+\d|At least/)])
    if (/Bytes|Ms|Second/.test(path))
      expect([path, doc]).toEqual([
        path,
        expect.stringMatching(/in (?:bytes|milliseconds)|bytes a second|bytes of bodies/i),
      ])
  }
})
