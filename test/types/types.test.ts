import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('apps/', import.meta.url))
const apps = readdirSync(folder).map(name => `${folder}${name}`)

/** As an application would be, which sees what is built and not our sources. */
const strict: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  esModuleInterop: true,
  noEmit: true,
}
const resolutions: Readonly<Record<string, ts.CompilerOptions>> = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
}

test('there is an application for every kind of adapter', () => {
  expect(apps.map(path => relative(folder, path)).sort()).toEqual([
    'express-app.ts',
    'fetch-app.ts',
    'hono-app.ts',
  ])
})

describe.each(Object.entries(resolutions))('%s', (_, resolution) => {
  test('the applications compile, and the declarations of ours that they see', () => {
    const program = ts.createProgram(apps, { ...strict, ...resolution })
    const ours = program.getSourceFiles().filter(({ fileName }) => /\/packages\/\w+\/dist\//.test(fileName))
    expect(ours.length).toBeGreaterThan(3)
    const said = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
    expect(said).toEqual([])
  })
})
