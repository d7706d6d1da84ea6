/** @import { Contender } from '../types.js' */

/**
 * Opens a contender of rivals/: their packages, and so their types, are installed for a measurement alone.
 * @template {object} [More=object] what it has beside
 * @param {string} name
 * @returns {Promise<Contender & More>}
 */
export async function openRival(name) {
  const { open } = await import(new URL(`../rivals/${name}.mjs`, import.meta.url).href)
  return open()
}
