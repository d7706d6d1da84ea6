import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { imageRules, type SettingRule, settingRules } from './setting-rules.js'
import { imageDefaults, presets } from './settings.js'

/** What an editor shows of each member of an exported type. */
function docsOf(file: string, name: string): ReadonlyMap<string, string> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const program = ts.createProgram([path], { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const module = source && checker.getSymbolAtLocation(source)
  const symbol = module && checker.getExportsOfModule(module).find(each => each.name === name)
  if (!symbol) throw new Error(`no ${name} in ${file}`)
  return new Map(
    checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties()
      .map(member => [member.name, ts.displayPartsToString(member.getDocumentationComment(checker))]),
  )
}

const count = (value: number) => value.toLocaleString('en-US')

function check(
  docs: ReadonlyMap<string, string>,
  rules: Readonly<Record<string, SettingRule>>,
  defaults: object,
) {
  for (const [name, rule] of Object.entries(rules)) {
    const doc = (docs.get(name) ?? '').replace(/\s+/g, ' ')
    const value = (defaults as Readonly<Record<string, unknown>>)[name]
    expect([name, doc]).toEqual([name, expect.stringContaining('Default: ')])
    if ('min' in rule) {
      expect(doc).toContain(`${count(rule.min)} to ${count(rule.max)}`)
      expect(doc).toContain(`Default: ${count(Number(value))}`)
    }
    if (rule.kind === 'choice') {
      expect(doc).toContain(`Default: \`${value}\``)
      for (const choice of rule.choices.filter(each => each !== 'none'))
        expect(doc).toContain(`\`${choice}\``)
    }
    if (rule.kind === 'bytes') expect(doc).toMatch(/in bytes/)
  }
}

test('every setting says its default, range and unit', () => {
  const docs = docsOf('settings.ts', 'PolicySettings')
  expect([...docs.keys()].sort()).toEqual(Object.keys(settingRules).sort())
  check(docs, settingRules, presets.server)
  const images = docsOf('settings.ts', 'ImageSettings')
  expect([...images.keys()].sort()).toEqual(Object.keys(imageRules).sort())
  check(images, imageRules, imageDefaults)
})

test('and an editor shows it where a policy is written', () => {
  const written = docsOf('policy.ts', 'PolicyInput')
  expect([...written.keys()].sort()).toEqual([...Object.keys(settingRules), 'preset'].sort())
  check(written, settingRules, presets.server)
})
