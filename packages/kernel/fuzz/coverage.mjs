// Which functions of the kernel a fuzzer reached, by the file they are in. What the compiler inlined counts for
// the function it went into.

/** @param {WebAssembly.Module} module */
export function watchCoverage(module) {
  const [section] = WebAssembly.Module.customSections(module, 'functions')
  if (!section) throw new Error('not a debug build: it does not name its functions')
  const functions = new TextDecoder().decode(section).split('\n')
  /** @type {Set<string>} */
  const reached = new Set()
  return {
    /** After a run, or a trap. @param {{ entered(index: number): number }} exports */
    add({ entered }) {
      functions.forEach((name, number) => {
        if (!reached.has(name) && entered(number)) reached.add(name)
      })
    },
    /**
     * Per file under `folders` of assembly/: how many functions it has, and the names of those that were not
     * reached.
     * @param {readonly string[]} folders
     * @returns {Record<string, { all: number, missed: readonly string[] }>}
     */
    of(folders) {
      const mine = [...groupBy(functions, fileOf)]
        .filter(([file]) => folders.some(folder => file.startsWith(`assembly/${folder}/`)))
        .sort()
        .map(([file, names]) => {
          const missed = names.filter(name => !reached.has(name)).map(name => name.split('/').at(-1) ?? name)
          return [file, { all: names.length, missed }]
        })
      return Object.fromEntries(mine)
    },
  }
}

/** @param {string} name */
const fileOf = name => name.split('/').slice(0, -1).join('/')

/** @param {readonly string[]} list @param {(item: string) => string} key */
function groupBy(list, key) {
  /** @type {Map<string, string[]>} */
  const groups = new Map()
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}
