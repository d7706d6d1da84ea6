import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** Where Debian keeps the programs of its one version. */
function programs(): string {
  const versions = '/usr/lib/postgresql'
  const [version] = readdirSync(versions)
  if (version === undefined) throw new Error(`${versions} is empty: install the packages of .ci/packages`)
  return join(versions, version, 'bin')
}

/** Postgres will not run as root. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** A Postgres of its own in a temporary folder, that nobody but this machine's users reaches: by a Unix socket. */
export async function startPostgres() {
  const home = mkdtempSync(join(tmpdir(), 'sluice-pg-'))
  const data = join(home, 'data')
  if (nobody.uid !== undefined) chownSync(home, nobody.uid, nobody.gid)
  const quiet = { ...nobody, cwd: home, stdio: 'pipe' } as const
  execFileSync(join(programs(), 'initdb'), ['-D', data, '-U', 'sluice', '-A', 'trust', '-E', 'UTF8'], quiet)

  let running = false
  async function start(): Promise<void> {
    const settings = ['listen_addresses=', `unix_socket_directories=${home}`, 'max_connections=50']
    const flags = settings.flatMap(setting => ['-c', setting])
    const server = spawn(join(programs(), 'postgres'), ['-D', data, ...flags], { ...quiet, stdio: 'pipe' })
    let said = ''
    await new Promise<void>((resolve, reject) => {
      server.once('exit', code => reject(new Error(`postgres ended with ${code}: ${said}`)))
      server.stderr.setEncoding('utf8').on('data', text => {
        said += text
        if (/database system is ready to accept connections/.test(said)) resolve()
      })
    })
    server.stderr.removeAllListeners('data').resume()
    running = true
  }
  await start()

  function open(more: pg.PoolConfig = {}): pg.Pool {
    const pool = new pg.Pool({ host: home, user: 'sluice', database: 'postgres', ...more })
    // Idle clients are told of the end of their server; which query has failed by it says the query.
    pool.on('error', () => {})
    return pool
  }
  const postmaster = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])

  /** SIGKILL of the postmaster. Its children notice, and end: before that no other may start. */
  async function kill(): Promise<void> {
    const pid = postmaster()
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    const ended = Promise.all([pid, ...children.map(Number)].map(endOf))
    process.kill(pid, 'SIGKILL')
    await ended
    running = false
  }
  return {
    home,
    open,
    kill,
    start,
    async stop() {
      if (running) {
        const pid = postmaster()
        process.kill(pid, 'SIGINT')
        await endOf(pid)
      }
      rmSync(home, { recursive: true })
    },
  }
}

/** Of a process that is not a child of this one. */
async function endOf(pid: number): Promise<void> {
  await once(spawn('tail', ['--pid', String(pid), '-f', '/dev/null']), 'exit')
}
