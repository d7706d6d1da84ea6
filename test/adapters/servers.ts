import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, bundleEdge, bundleWorker } from './bundle.js'

const runtimes = createRequire(new URL('../runtimes/package.json', import.meta.url))

export interface Server {
  readonly port: number
  stop(): void
}

type Start = (project: string) => Promise<Server>

/** Every framework and runtime that the packages are said to work in. */
export const servers: Readonly<Record<string, Start>> = {
  'Express 5': project => node(project, 'express5'),
  'Express 4': project => node(project, 'express4'),
  Fastify: project => node(project, 'fastify'),
  Koa: project => node(project, 'koa'),
  Nest: project => node(project, 'nest'),
  'Hono on Node': project => node(project, 'hono-node'),
  'fetch on Node': project => node(project, 'fetch-node'),
  Deno: async project =>
    serving(
      spawn(
        platformBinary('deno', '@deno/', 'deno'),
        ['run', '-A', '--quiet', await bundle(project, 'deno')],
        quiet,
      ),
    ),
  Bun: async project =>
    serving(spawn(platformBinary('bun', '@oven/', 'bin/bun'), [await bundle(project, 'bun')], quiet)),
  workerd: project => workerd(project, 'worker'),
  'edge-runtime': async project => {
    const host = fileURLToPath(new URL('edge-host.mjs', import.meta.url))
    return serving(spawn(process.execPath, [host, await bundleEdge(project)], quiet))
  },
}

const quiet: SpawnOptions = { stdio: ['ignore', 'pipe', 'inherit'] }

export async function workerd(project: string, app: string): Promise<Server> {
  const binary = platformBinary('workerd', '@cloudflare/workerd-', 'bin/workerd')
  return serving(spawn(binary, ['serve', await bundleWorker(project, app), '--control-fd=1'], quiet))
}

async function node(project: string, app: string): Promise<Server> {
  return serving(spawn(process.execPath, [await bundle(project, app)], quiet))
}

/**
 * The packages of these runtimes fetch their program in an install script, which is not run here: it lies
 * beside.
 */
function platformBinary(name: string, platformPackages: string, path: string): string {
  const modules = join(dirname(runtimes.resolve(`${name}/package.json`)), '..')
  const [scope = '', prefix = ''] = platformPackages.split('/')
  const found = readdirSync(join(modules, scope)).find(
    each => each.startsWith(prefix) && each.includes('linux'),
  )
  if (!found) throw new Error(`there is no ${platformPackages}* for this machine`)
  return join(modules, scope, found, path)
}

/** Waits for the port that a server prints; a server that ends before is a failure. */
function serving(child: ChildProcess): Promise<Server> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const port = /PORT (\d+)|"port":(\d+)/.exec(printed)
      if (port) resolve({ port: Number(port[1] ?? port[2]), stop: () => child.kill('SIGKILL') })
    })
    child.on('error', reject)
    child.on('exit', code => reject(new Error(`the server ended with ${code}: ${printed}`)))
  })
}
