import { expect, test } from 'vitest'
import { memoryLimit } from './memory-limit.js'

const machine = 24 * 2 ** 30
const MiB = 2 ** 20
const v2 = '/sys/fs/cgroup'
const v1 = '/sys/fs/cgroup/memory'
const limitIn = (files: Readonly<Record<string, string>>) => memoryLimit(path => files[path], machine)

test.each([
  ['there are no cgroups', {}, machine],
  [
    'v2 in a container that sees its own group as the root',
    { '/proc/self/cgroup': '0::/\n', [`${v2}/memory.max`]: `${256 * MiB}\n` },
    256 * MiB,
  ],
  [
    'v2, nested: the least of all above counts',
    {
      '/proc/self/cgroup': '0::/kubepods.slice/pod1/c:1\n',
      [`${v2}/kubepods.slice/memory.max`]: `${900 * MiB}\n`,
      [`${v2}/kubepods.slice/pod1/memory.max`]: `${300 * MiB}\n`,
      [`${v2}/kubepods.slice/pod1/c:1/memory.max`]: 'max\n',
    },
    300 * MiB,
  ],
  [
    'v2: throttled before it is killed',
    {
      '/proc/self/cgroup': '0::/a\n',
      [`${v2}/a/memory.max`]: `${400 * MiB}\n`,
      [`${v2}/a/memory.high`]: `${350 * MiB}\n`,
    },
    350 * MiB,
  ],
  ['v2 without a limit', { '/proc/self/cgroup': '0::/a\n', [`${v2}/a/memory.max`]: 'max\n' }, machine],
  [
    'v1, nested',
    {
      '/proc/self/cgroup': '12:cpu,cpuacct:/x\n9:memory:/docker/abc\n1:name=systemd:/docker/abc\n',
      [`${v1}/memory.limit_in_bytes`]: '9223372036854771712\n',
      [`${v1}/docker/memory.limit_in_bytes`]: `${2048 * MiB}\n`,
      [`${v1}/docker/abc/memory.limit_in_bytes`]: `${128 * MiB}\n`,
    },
    128 * MiB,
  ],
  [
    'v1 in a container, where the path is the host’s and not here',
    {
      '/proc/self/cgroup': '9:memory:/docker/abc\n',
      [`${v1}/memory.limit_in_bytes`]: `${512 * MiB}\n`,
    },
    512 * MiB,
  ],
  [
    'more than the machine has',
    { '/proc/self/cgroup': '0::/\n', [`${v2}/memory.max`]: `${2 ** 50}` },
    machine,
  ],
  ['not a number', { '/proc/self/cgroup': '0::/\n', [`${v2}/memory.max`]: 'what\n' }, machine],
])('%s', (_, files, bytes) => {
  expect(limitIn(files as Record<string, string>)).toBe(bytes)
})

test('a path cannot lead out of the tree', () => {
  const asked: string[] = []
  memoryLimit(path => {
    asked.push(path)
    return path === '/proc/self/cgroup' ? '0::/../../etc\n' : undefined
  }, machine)
  expect(asked.every(path => path === '/proc/self/cgroup' || path.startsWith(`${v2}/`))).toBe(true)
  expect(asked.join()).not.toContain('..')
})
