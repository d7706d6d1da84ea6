// Which functions of the kernel a fuzzer reached, by the file they are in. What the compiler inlined counts for
// the function it went into.

/** @param {WebAssembly.Module} module */
export function coverage(module) {
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
     * Per file under `folders` of assembly/: functions reached and all, those that were not by name.
     * @param {readonly string[]} folders
     */
    print(folders) {
      const files = groupBy(functions, fileOf)
      for (const [file, names] of [...files].sort()) {
        if (!folders.some(folder => file.startsWith(`assembly/${folder}/`))) continue
        const missed = names.filter(name => !reached.has(name)).map(name => name.split('/').at(-1))
        const missing = missed.length ? `not reached: ${missed.join(', ')}` : ''
        console.log(`${file} ${names.length - missed.length}/${names.length} ${missing}`)
      }
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
