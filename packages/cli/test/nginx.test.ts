import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyGrammar } from '@sluice/core'
import { expect, test } from 'vitest'
import { capture } from './capture.js'

test('the limit is that of the policy, to the byte', async () => {
  const home = mkdtempSync(join(tmpdir(), 'sluice-nginx-'))
  try {
    const sizes = { 8388608: '8m', 524288: '512k', 1000000: '1000000' }
    for (const [maxBytes, expected] of Object.entries(sizes)) {
      writeFileSync(join(home, 'policy.json'), `{"maxBytes": ${maxBytes}}`)
      const { stdout } = await capture(['nginx', '/srv/uploads', '--policy', join(home, 'policy.json')])
      expect(stdout).toContain(`client_max_body_size ${expected};`)
    }
    const limitOf = async (...more: string[]) => (await capture(['nginx', '/srv/uploads', ...more])).stdout
    expect(await limitOf()).toContain('client_max_body_size 8m;')
    expect(await limitOf('--max-files', '10')).toContain('client_max_body_size 64m;')
  } finally {
    rmSync(home, { recursive: true })
  }
})

test('what is served is what core calls a key, and nothing else', async () => {
  const { stdout } = await capture(['nginx', '/srv/uploads'])
  const [, pattern = ''] = /location ~ "(.+)" \{/.exec(stdout) ?? []
  const stem = '0123456789abcdef'.repeat(2)
  const served = (name: string) => new RegExp(pattern).exec(`/images/${name}`)?.groups?.sluice_key
  for (const key of [`202611/${stem}.webp`, `202612/${stem}-thumb.gif`, `202601/${stem}.avif`])
    expect([keyGrammar.test(key), served(key)]).toEqual([true, key])
  for (const name of [
    `202613/${stem}.webp`,
    `202611/${stem}.php`,
    `202611/${stem}.webp.php`,
    `202611/x.webp`,
  ])
    expect([keyGrammar.test(name), served(name)]).toEqual([false, undefined])
})

test('the port stays in Host, and the application is told what to trust', async () => {
  const { stdout } = await capture(['nginx', '/srv/uploads'])
  expect(stdout).toContain('proxy_set_header Host $http_host;')
  expect(stdout).toContain('`trustProxy: 1`')
})

test('nothing that could end a line gets into the block', async () => {
  const wrong = [
    ['/srv/up loads'],
    ['/srv/$uploads'],
    ['/srv/uploads', '--public-path', '/images'],
    ['/srv/uploads', '--public-path', '/images/;}/'],
    ['/srv/uploads', '--upload-path', 'images'],
    ['/srv/uploads', '--max-files', '101'],
    ['/srv/uploads', '--upstream', 'http://127.0.0.1:3000; return 200'],
  ]
  for (const args of wrong)
    expect(await capture(['nginx', ...args]), args.join(' ')).toMatchObject({
      exitCode: 2,
      stdout: '',
      // In words, not as a regular expression.
      stderr: expect.stringMatching(/ must (?:begin|look|be|have) [^\\^]*, not ".*"\n$/),
    })
})
