// Which functions of the kernel a fuzzer reached, by the file they are in. What the compiler inlined counts for
// the function it went into.

export function coverage(module) {
  const [section] = WebAssembly.Module.customSections(module, 'functions')
  const functions = new TextDecoder().decode(section).split('\n')
  const reached = new Set()
  return {
    /** After a run, or a trap. */
    add({ entered }) {
      functions.forEach((name, number) => {
        if (!reached.has(name) && entered(number)) reached.add(name)
      })
    },
    /** Per file under `folders` of assembly/: functions reached and all, those that were not by name. */
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

const fileOf = name => name.split('/').slice(0, -1).join('/')

function groupBy(list, key) {
  const groups = new Map()
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}
