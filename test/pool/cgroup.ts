import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'

export interface Cgroup {
  /** Before a command: it runs in the group. */
  readonly under: readonly string[]
  remove(): void
}

/** A control group with a limit of memory, of whichever version this machine has. Needs root. */
export function cgroupOf(bytes: number): Cgroup {
  const name = `sluice-test-${process.pid}`
  const isUnified =
    existsSync('/sys/fs/cgroup/memory.stat') || existsSync('/sys/fs/cgroup/cgroup.controllers')
  const folder = isUnified ? `/sys/fs/cgroup/${name}` : `/sys/fs/cgroup/memory/${name}`
  if (isUnified) writeFileSync('/sys/fs/cgroup/cgroup.subtree_control', '+memory')
  mkdirSync(folder)
  writeFileSync(`${folder}/${isUnified ? 'memory.max' : 'memory.limit_in_bytes'}`, String(bytes))
  const enter = `echo $$ > ${folder}/cgroup.procs && exec "$@"`
  return { under: ['sh', '-c', enter, 'sh'], remove: () => rmdirSync(folder) }
}
