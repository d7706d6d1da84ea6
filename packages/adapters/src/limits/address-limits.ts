import { checkLimiter, type Limiter } from './limiter.js'
import { memoryLimiter } from './memory-limiter.js'

/** What one address may do, whoever it claims to be. */
export interface AddressLimits {
  /** One point a request, before `authorize` is asked. Default: 60 a minute. */
  readonly requests?: Limiter
  /** Bytes of bodies, as they arrive. Default: 500 MiB an hour. */
  readonly bytes?: Limiter
}

/** How an unknown address is written. */
export const unknownAddress = 'unknown'

const requests = { points: 60, duration: 60 }
const bytes = { points: 500 * 2 ** 20, duration: 3600 }

/** @throws OptionError */
export function addressLimits(given: AddressLimits | false = {}): AddressLimits {
  if (given === false) return {}
  for (const [name, limiter] of Object.entries(given)) checkLimiter(`addressLimits.${name}`, limiter)
  return { requests: knownOnly(memoryLimiter(requests)), bytes: knownOnly(memoryLimiter(bytes)), ...given }
}

/** For the line that is logged at start. */
export function describeAddressLimits(given: AddressLimits | false = {}): string {
  if (given === false) return 'no limits by address'
  const told = (limiter: Limiter | undefined, fallback: string) => (limiter ? 'a limiter of yours' : fallback)
  const rate = told(given.requests, '60 uploads a minute')
  return `for each address in this process ${rate} and ${told(given.bytes, '500 MiB an hour')} (addressLimits)`
}

/** Where the runtime tells no address, everybody would be one. */
function knownOnly(limiter: Limiter): Limiter {
  return {
    ...limiter,
    consume: async (key, points) => (key === addressKey(unknownAddress) ? {} : limiter.consume(key, points)),
  }
}

export function addressKey(address: string): string {
  return `address:${address}`
}
