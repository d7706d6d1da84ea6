/** Reads a small file; undefined where there is none or it may not be read. */
export type ReadText = (path: string) => string | undefined

/** A controller's tree of files, and the files in it that hold a limit in bytes. */
interface Tree {
  readonly root: string
  readonly files: readonly string[]
}

/** cgroup v2 has one tree; `high` throttles and reclaims, `max` kills. */
const unified: Tree = { root: '/sys/fs/cgroup', files: ['memory.max', 'memory.high'] }
/** cgroup v1 has one for each controller. */
const legacy: Tree = { root: '/sys/fs/cgroup/memory', files: ['memory.limit_in_bytes'] }

/**
 * What this process may take, in bytes: the least limit of its cgroup and of those around it (v1 and v2),
 * where that is less than the machine has. In a container the path of the group may be the host's, and be
 * missing here: then the root of the tree is the container's own group.
 */
export function memoryLimit(read: ReadText, machineBytes: number): number {
  const lines = (read('/proc/self/cgroup') ?? '').split('\n').map(line => line.split(':'))
  const limits = lines.flatMap(([, controllers = '', ...path]) => {
    const tree = controllers === '' ? unified : controllers.split(',').includes('memory') ? legacy : undefined
    return tree ? limitsOf(tree, path.join(':'), read) : []
  })
  return Math.min(machineBytes, ...limits)
}

/**
 * The limits of a group and of all groups that it lies in. No limit is `max` in v2 and a number near 2^63 in
 * v1.
 */
function limitsOf({ root, files }: Tree, path: string, read: ReadText): number[] {
  const names = path.split('/').filter(name => name !== '' && name !== '..')
  const folders = names.map((_, depth) => `${root}/${names.slice(0, depth + 1).join('/')}`)
  return [root, ...folders]
    .flatMap(folder => files.map(file => Number.parseInt(read(`${folder}/${file}`) ?? '', 10)))
    .filter(bytes => bytes > 0)
}
