import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../package/pack.js'

/*
 * What docs/operations.md hands to systemd and to cron, as their own programs read it. Of Debian's packages
 * systemd and cron.
 */
const manual = readFileSync(join(root, 'docs/operations.md'), 'utf8')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-operations-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** By name. Their programs need not be on this machine. */
const units = new Map(
  [...manual.matchAll(/```ini\n# \/etc\/systemd\/system\/(\S+)\n([\s\S]*?)```/g)].map(
    ([, name = '', text = '']) => [name, text.replace(/^(ExecStart=)\S+/gm, '$1/bin/true')],
  ),
)

/** What systemd says against units; it warns with exit code 0. */
function complaints(names: readonly string[]): string {
  const paths = names.map(name => join(folder, name))
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
    encoding: 'utf8',
  })
  return `${status === 0 ? '' : `exit code ${status}: `}${stderr}`
}

test('systemd finds nothing wrong with the units', () => {
  expect([...units.keys()].sort()).toEqual([
    'sluice-alarm.service',
    'sluice-audit.service',
    'sluice-audit.timer',
    'sluice-backup.service',
    'sluice-backup.timer',
  ])
  for (const [name, text] of units) writeFileSync(join(folder, name), text)
  expect(complaints([...units.keys()])).toBe('')
  writeFileSync(
    join(folder, 'wrong.service'),
    '[Service]\nType=oneshot\nExecStart=/bin/true\nNoNewPrivilege=yes\n',
  )
  expect(complaints(['wrong.service'])).toMatch(/Unknown key .*NoNewPrivilege/)
})

test('each time of a timer is one', () => {
  const times = [...units.values()].flatMap(text =>
    [...text.matchAll(/^OnCalendar=(.*)$/gm)].map(([, time = '']) => time),
  )
  expect(times.length).toBeGreaterThan(1)
  for (const time of times) execFileSync('systemd-analyze', ['calendar', time], { stdio: 'pipe' })
})

test('cron takes the line', () => {
  const lines = [...manual.matchAll(/^(?:\S+ ){5} \S+ {2}.*$/gm)].map(([line]) => line)
  expect(lines).toHaveLength(1)
  // The field of the user is that of files in /etc/cron.d.
  const [line = ''] = lines
  const check = (text: string) => {
    writeFileSync(join(folder, 'crontab'), `${text}\n`)
    return spawnSync('crontab', ['-n', join(folder, 'crontab')], { encoding: 'utf8' })
  }
  expect(line).toMatch(/^\S+ \S+ \S+ \S+ \S+ {2}www-data {2}/)
  expect(check(line.replace(' www-data ', '')).status).toBe(0)
  expect(check(line.replace(/^\d+/, '61')).status).not.toBe(0)
  // A % ends a command of cron's.
  expect(line).not.toContain('%')
})
