import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack } from '../package/pack.js'

/**
 * What the applications of the test need besides ours, with nothing that an application would not install.
 */
const others = {
  express: '5.3.0',
  express4: 'npm:express@4.22.3',
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@nestjs/platform-express': '12.5.1',
  fastify: '5.12.8',
  hono: '4.13.19',
  '@hono/node-server': '2.1.8',
  koa: '3.3.0',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
}

/** An empty project into which our packages were installed from their tarballs, as npm users get them. */
export async function installPacked(): Promise<string> {
  const project = mkdtempSync(join(tmpdir(), 'sluice-packed-'))
  const ours: Record<string, string> = {}
  for (const wanted = new Set(['adapters', 'records', 'stores']); wanted.size > Object.keys(ours).length; ) {
    const [folder = ''] = [...wanted].filter(each => !(`@sluice/${each}` in ours))
    const { name, tarball, manifest } = await pack(folder, project)
    ours[name] = `file:${tarball}`
    for (const needed of Object.keys(manifest.dependencies ?? {}))
      if (needed.startsWith('@sluice/')) wanted.add(needed.slice('@sluice/'.length))
  }
  const manifest = { private: true, type: 'module', dependencies: { ...ours, ...others }, overrides: ours }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: project,
    stdio: 'pipe',
  })
  return project
}
