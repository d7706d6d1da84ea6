// Rewrites a module's text so that every load, store, copy and fill asks assembly/debug/blocks.ts first.
// Doing it after compilation leaves the source without a single bounds check to forget.

const WIDTH = { 8: 1, 16: 2, 32: 4, 64: 8 }
const FULL = { i32: 4, f32: 4, i64: 8, f64: 8, v128: 16 }
const BULK = { 'memory.copy': 'checkedCopy', 'memory.fill': 'checkedFill' }
const ACCESS = /^(i32|i64|f32|f64|v128)\.(load|store)(\d*)(x\d+_[su]|_[a-z0-9]+)?$/

/** Text to nested arrays of atoms; strings stay one atom. */
function parse(text) {
  const tokens = text.matchAll(/;;[^\n]*|\(;[\s\S]*?;\)|"(?:[^"\\]|\\.)*"|[()]|[^\s()";]+/g)
  const stack = [[]]
  for (const [token] of tokens) {
    if (token.startsWith(';;') || token.startsWith('(;')) continue
    if (token === '(') stack.push([])
    else if (token === ')') {
      const list = stack.pop()
      stack.at(-1).push(list)
    } else stack.at(-1).push(token)
  }
  return stack[0][0]
}

const print = node => (Array.isArray(node) ? `(${node.map(print).join(' ')})` : node)

/** How many bytes an instruction touches: v128.load8x8_s 8, v128.load64_lane 8, i32.load16_u 2, f64.store 8. */
function bytesOf([, type, , bits, suffix]) {
  if (!bits) return FULL[type]
  return suffix?.startsWith('x') ? 8 : WIDTH[bits]
}

function rewrite(node, names) {
  if (!Array.isArray(node)) return node
  const [op] = node
  const done = node.map(child => rewrite(child, names))
  if (BULK[op]) return ['call', names[BULK[op]], ...done.slice(1)]
  const access = typeof op === 'string' && ACCESS.exec(op)
  if (!access) return done
  const pointer = done.findIndex(Array.isArray)
  if (pointer < 0) throw new Error(`${op} has no nested operand: the text is not made of nested expressions`)
  const offset = done.find(atom => typeof atom === 'string' && atom.startsWith('offset='))?.slice(7) ?? '0'
  done[pointer] = [
    'call',
    names.checked,
    done[pointer],
    ['i32.const', offset],
    ['i32.const', `${bytesOf(access)}`],
  ]
  return done
}

const DECLARATIONS = ['export', 'type', 'param', 'result', 'local']

/** Notes that the function with this number was entered. */
function noteEntry(func, number, names) {
  const body = func.findIndex((part, i) => i > 1 && !DECLARATIONS.includes(part[0]))
  if (body < 0) return func
  return func.toSpliced(body, 0, ['call', names.enter, ['i32.const', `${number}`]])
}

/**
 * The new text, and the names of its functions by their numbers in the coverage that blocks.ts keeps. The functions of
 * blocks.ts themselves are left as they are.
 */
export function checkEveryAccess(text) {
  const module = parse(text)
  const names = {}
  for (const field of module) {
    if (field[0] === 'export' && field[2][0] === 'func') names[field[1].slice(1, -1)] = field[2][1]
  }
  for (const name of ['checked', 'enter', ...Object.values(BULK)]) {
    if (!names[name]) throw new Error(`the debug module does not export ${name}`)
  }
  const functions = []
  const fields = module.map(field => {
    if (field[0] !== 'func' || field[1].includes('/debug/')) return field
    functions.push(field[1].slice(1))
    return noteEntry(rewrite(field, names), functions.length - 1, names)
  })
  if (functions.length === 0) throw new Error('no function was rewritten')
  return { text: print(fields), functions }
}
