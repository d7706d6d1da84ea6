import { utf8 } from '../text/hex.js'
import { nameHint } from '../text/nearest-name.js'

/**
 * Secrets by id. A new one is added under a new id and made `current`; old ones stay for as long as uploads that were
 * offered under them may still be worked on.
 */
export interface Secrets {
  /** Id of the secret that new uploads are named by. */
  readonly current: string
  /** By id (1 to 32 letters, digits, `-` and `_`): at least 32 characters each, as `openssl rand -hex 32` gives. */
  readonly secrets: Readonly<Record<string, string>>
}

/** Names uploads by a secret, and signs what a client carries back. */
export interface Keyring {
  /** Id of the secret for new uploads. */
  readonly current: string
  /**
   * HMAC-SHA-256 (RFC 2104) of text, 32 bytes.
   * @param purpose what it is for: what was signed for one purpose says nothing for another
   * @param secret id of the secret
   * @throws RangeError where there is no such secret any more
   */
  mac(purpose: string, text: string, secret: string): Promise<Uint8Array>
}

const leastLength = 32
const idGrammar = /^[\w-]{1,32}$/

/** @throws TypeError at start, naming what is wrong and no secret */
export function keyring({ current, secrets }: Secrets): Keyring {
  const ids = Object.keys(secrets ?? {})
  for (const id of ids) {
    if (!idGrammar.test(id))
      throw new TypeError(`keyring: the id ${JSON.stringify(id)} must match ${idGrammar}`)
    const secret: unknown = secrets[id]
    if (typeof secret !== 'string' || secret.length < leastLength)
      throw new TypeError(`keyring: secrets.${id} must be a string of at least ${leastLength} characters`)
  }
  if (!ids.includes(current)) {
    const hint = nameHint('ids', String(current), ids)
    throw new TypeError(
      `keyring: current is ${JSON.stringify(current)}, which is not the id of a secret; ${hint}`,
    )
  }
  const keys = new Map<string, Promise<CryptoKey>>()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }

  function keyOf(id: string): Promise<CryptoKey> {
    const secret = Object.hasOwn(secrets, id) ? secrets[id] : undefined
    if (secret === undefined) throw new RangeError(`keyring: no secret ${JSON.stringify(id.slice(0, 32))}`)
    const key = keys.get(id) ?? crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign'])
    keys.set(id, key)
    return key
  }
  return {
    current,
    async mac(purpose, text, secret) {
      const key = await keyOf(secret)
      return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(`${purpose}\0${text}`)))
    },
  }
}
