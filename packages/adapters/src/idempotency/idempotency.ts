import { type Keyring, keyring, newUploadId, type Renderer, UploadError, type UploadId } from '@sluice/core'
import { sha256 } from '#machine'
import { hasMethods, whole } from '../checks/checks.js'
import { OptionError } from '../option-error.js'
import type { Form } from '../receive/form.js'
import { keyMemory } from './key-memory.js'
import type { IdempotencyOptions } from './options.js'

/** Whose key it is. */
export interface Scope {
  readonly role: string
  /** The user, or the address of somebody without a name. */
  readonly key: string
}

export interface Idempotency {
  readonly keyring: Keyring
  /**
   * The key of a request, before its body is read; undefined where it has none.
   * @throws UploadError `idempotency-key-invalid`
   */
  keyOf(headers: Headers): string | undefined
  /**
   * The id of an upload, the same each time that its key comes with the same body.
   * @throws UploadError `idempotency-key-reused`
   */
  identify(key: string, scope: Scope, form: Form): Promise<UploadId>
}

/** What is remembered of a key. */
interface Remembered extends Omit<UploadId, 'id'> {
  /** SHA-256 of what came with it. */
  readonly body: string
}

/** @throws OptionError at start */
export function idempotency(
  given: IdempotencyOptions | boolean | undefined,
  renderer: Renderer,
): Idempotency | undefined {
  if (given === undefined || given === false) return undefined
  if (given !== true && (typeof given !== 'object' || given === null))
    throw new OptionError('idempotency', 'must be true or an object of its options')
  const options: IdempotencyOptions = given === true ? {} : given
  if (renderer.codecVersion === undefined)
    throw new OptionError('idempotency', `needs a renderer with a codecVersion, which ${renderer.name} lacks`)
  if (options.keyring !== undefined)
    hasMethods('idempotency.keyring', options.keyring, ['mac'], 'what keyring({ current, secrets }) returns')
  if (options.memory !== undefined) {
    hasMethods(
      'idempotency.memory',
      options.memory,
      ['remember'],
      'a memory with remember(key, value, lifetimeMs)',
    )
    if (options.keyring === undefined)
      throw new OptionError(
        'idempotency.keyring',
        'is missing: processes that share a memory must derive the same names',
      )
  }
  const lifetimeMs = whole('idempotency.lifetimeMs', options.lifetimeMs, 86_400_000, 60_000, 2_592_000_000)
  const { memory = keyMemory() } = options
  let ring = options.keyring
  return {
    /** Not before the first request: Workers have no random numbers at start. */
    get keyring() {
      ring ??= ownKeyring()
      return ring
    },
    keyOf(headers) {
      const header = headers.get('idempotency-key')
      return header === null ? undefined : parseKey(header)
    },
    async identify(key, { role, key: owner }, form) {
      const id = await hashOf([role, owner, key])
      const { offered, secret } = newUploadId(this.keyring, id)
      const body = await fingerprint(form)
      const mine: Remembered = { body, offered, secret }
      const kept = JSON.parse(
        await memory.remember(`sluice:${id}`, JSON.stringify(mine), lifetimeMs),
      ) as Remembered
      if (kept.body !== body) throw new UploadError('idempotency-key-reused')
      return { id, offered: kept.offered, secret: kept.secret }
    },
  }
}

/** A string of Structured Fields (RFC 9651, 3.3.3) without escapes; bare as well, for many clients send it so. */
function parseKey(header: string): string {
  const [, quoted, bare] = /^(?:"([ !#-[\]-~]{1,255})"|([!#-+\--~]{1,255}))$/.exec(header) ?? []
  const key = quoted ?? bare
  if (key === undefined) throw new UploadError('idempotency-key-invalid')
  return key
}

/** All that was sent but how it was framed: a client that sends again may draw another boundary. */
async function fingerprint({ files, fields, otherFiles }: Form): Promise<string> {
  const hashed = await Promise.all(
    files.map(async ({ field, name, body }) => [field ?? '', name ?? '', await sha256(body)]),
  )
  const others = await Promise.all(
    otherFiles.map(async ({ field, name, type, bytes }) => [field, name, type, await sha256(bytes)]),
  )
  return hashOf([hashed, Object.entries(fields), others])
}

const hashOf = (value: unknown) => sha256(new TextEncoder().encode(JSON.stringify(value)))

function ownKeyring(): Keyring {
  return keyring({ current: 'process', secrets: { process: crypto.randomUUID() + crypto.randomUUID() } })
}
