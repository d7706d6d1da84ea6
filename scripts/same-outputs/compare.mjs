import { isDeepStrictEqual } from 'node:util'
import { headerKeysOf, linesOf } from './header-lines.mjs'

/**
 * @typedef {import('./driver.mjs').Accepted} Accepted
 * @typedef {Accepted | import('./driver.mjs').Refused} Outcome
 * @typedef {'accepted -> refused' | 'refused -> accepted' | 'other code'} KindOfVerdict
 * @typedef {KindOfVerdict | 'other bytes' | 'other notes' | 'other header'} Kind
 * @typedef {{ kind: Kind, before: unknown, after: unknown }} Change
 * @typedef {Change & { name: string, way: string }} Difference
 * @typedef {object} Comparison
 * @property {number} files
 * @property {number} comparisons of outcomes and headers
 * @property {number} accepted of the outcomes, on the second side
 * @property {readonly Difference[]} differences
 * @property {Readonly<Record<'added' | 'removed', readonly string[]>>} headerKeys that one side alone knows:
 * told, but no difference
 */

/**
 * What became of the same files on two sides.
 * @param {import('./take-all.mjs').Results} before
 * @param {import('./take-all.mjs').Results} after
 * @returns {Comparison}
 * @throws Error where one side has a file, or took it in a way, that the other did not
 */
export function compare(before, after) {
  const keys = { before: headerKeysOf(before), after: headerKeysOf(after) }
  const added = keys.after.filter(key => !keys.before.includes(key))
  const removed = keys.before.filter(key => !keys.after.includes(key))
  /** @type {Difference[]} */
  const differences = []
  let comparisons = 0
  let accepted = 0
  /** @param {string} name @param {string} way @param {readonly Change[]} changes */
  const add = (name, way, changes) => {
    comparisons++
    differences.push(...changes.map(change => ({ name, way, ...change })))
  }
  const files = pairsOf(before, after, 'files')
  for (const [name, was, is] of files) {
    add(name, 'header', changesOfHeader(linesOf(was.header), linesOf(is.header), [...added, ...removed]))
    for (const [way, outcome, next] of pairsOf(was.outcomes, is.outcomes, `ways of ${name}`)) {
      add(name, way, changesOf(outcome, next))
      if ('outputs' in next) accepted++
    }
  }
  return { files: files.length, comparisons, accepted, differences, headerKeys: { added, removed } }
}

/** @param {Outcome} before @param {Outcome} after @returns {readonly Change[]} */
function changesOf(before, after) {
  if ('code' in before)
    return 'code' in after
      ? changed('other code', before, after)
      : [{ kind: 'refused -> accepted', before, after }]
  if ('code' in after) return [{ kind: 'accepted -> refused', before, after }]
  return [
    ...changed('other bytes', madeOf(before), madeOf(after)),
    ...changed('other notes', { notes: messagesOf(before) }, { notes: messagesOf(after) }),
  ]
}

/** Older commits have the messages alone. @param {Accepted} outcome */
function messagesOf({ notes }) {
  const either = /** @type {readonly (string | { message: string })[]} */ (notes)
  return either.map(note => (typeof note === 'string' ? note : note.message))
}

/** By the names of the outputs, so that only what differs is shown. @param {Accepted} outcome */
function madeOf({ outputs, placeholder }) {
  return { ...Object.fromEntries(outputs.map(([name, ...output]) => [name, output])), placeholder }
}

/**
 * @param {object} before
 * @param {object} after
 * @param {readonly string[]} ignored
 * @returns {readonly Change[]}
 */
function changesOfHeader(before, after, ignored) {
  const known = (/** @type {object} */ lines) =>
    Object.fromEntries(Object.entries(lines).filter(([key]) => !ignored.includes(key)))
  return changed('other header', known(before), known(after))
}

/**
 * @param {Kind} kind
 * @param {Readonly<Record<string, unknown>>} before
 * @param {Readonly<Record<string, unknown>>} after
 * @returns {readonly Change[]} with those of the values that differ, or none
 */
function changed(kind, before, after) {
  const names = Object.keys({ ...before, ...after }).filter(
    name => !isDeepStrictEqual(before[name], after[name]),
  )
  const differing = (/** @type {Readonly<Record<string, unknown>>} */ values) =>
    Object.fromEntries(names.map(name => [name, values[name]]))
  return names.length > 0 ? [{ kind, before: differing(before), after: differing(after) }] : []
}

/**
 * @template Value
 * @param {Readonly<Record<string, Value>>} before
 * @param {Readonly<Record<string, Value>>} after
 * @param {string} what
 * @returns {readonly (readonly [name: string, before: Value, after: Value])[]} in the order of the first side
 */
function pairsOf(before, after, what) {
  const pairs = Object.entries(before).flatMap(([name, was]) => {
    const is = after[name]
    return is === undefined ? [] : [/** @type {const} */ ([name, was, is])]
  })
  if ([before, after].some(side => Object.keys(side).length !== pairs.length))
    throw new Error(`the two sides have other ${what}`)
  return pairs
}
