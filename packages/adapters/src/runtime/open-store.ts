import type { Store } from '@sluice/core'
import { openFolder } from '#machine'
import { hasMethods } from '../checks/checks.js'

/** A folder, a store, or a function of the runtime's environment that returns one. */
export type StoreOption<Env, Needed = Store> = string | Needed | ((env: Env) => Needed | Promise<Needed>)

/**
 * A folder is opened once, at start.
 * @param methods what the store must be able to do
 * @throws OptionError for what is no store
 */
export function openStore<Env, Needed extends Partial<Store>>(
  store: StoreOption<Env, Needed>,
  methods: readonly (keyof Store)[],
): (env: Env) => Needed | Store | Promise<Needed | Store> {
  if (typeof store === 'function') return store
  if (typeof store === 'string' && store !== '') {
    const opened = openFolder(store)
    return () => opened
  }
  hasMethods('store', store, methods, 'a folder, a Store or a function that returns one')
  return () => store as Needed
}
