interface Stream {
  write: unknown
}

/** Runs `work` and says what it changed outside of itself: names in globalThis, words on the console. */
export async function quietly(work: () => Promise<void>): Promise<readonly string[]> {
  const before = new Map(Reflect.ownKeys(globalThis).map(name => [name, describeGlobal(name)]))
  const heard: string[] = []
  const restore = listen(text => heard.push(text))
  try {
    await work()
  } finally {
    restore()
  }
  const after = Reflect.ownKeys(globalThis)
  const changed = [
    ...after.filter(name => !before.has(name) || !isSame(before.get(name), describeGlobal(name))),
    ...[...before.keys()].filter(name => !after.includes(name)),
  ]
  return [
    ...changed.map(name => `globalThis.${String(name)} was changed`),
    ...heard.slice(0, 3).map(text => `printed "${text.slice(0, 80)}"`),
  ]
}

/** A marker stands for an accessor, which is not called: runtimes make some globals when they are first used. */
const ACCESSOR = Symbol('accessor')

function describeGlobal(name: string | symbol): unknown {
  const property = Object.getOwnPropertyDescriptor(globalThis, name)
  return property && 'value' in property ? property.value : ACCESSOR
}

const isSame = (before: unknown, after: unknown) => before === ACCESSOR || Object.is(before, after)

/** Console methods and, where there are any, the process's streams. */
function listen(hear: (text: string) => void): () => void {
  const { process } = globalThis as { process?: { stdout?: Stream; stderr?: Stream } }
  const places: [object, string][] = [
    ...['log', 'info', 'warn', 'error', 'debug'].map((name): [object, string] => [console, name]),
    ...[process?.stdout, process?.stderr]
      .filter(stream => stream !== undefined)
      .map((stream): [object, string] => [stream, 'write']),
  ]
  const undo = places.map(([object, name]) => {
    const own = Object.getOwnPropertyDescriptor(object, name)
    Object.defineProperty(object, name, {
      configurable: true,
      writable: true,
      value: (...parts: unknown[]) => {
        hear(parts.map(String).join(' '))
        return true
      },
    })
    return () => {
      if (own) Object.defineProperty(object, name, own)
      else Reflect.deleteProperty(object, name)
    }
  })
  return () => {
    for (const step of undo) step()
  }
}
