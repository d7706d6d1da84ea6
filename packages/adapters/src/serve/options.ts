import type { Store } from '@sluice/core'
import { checkNames } from '../checks/checks.js'
import { OptionError } from '../option-error.js'

/** What serving needs of a store. */
export type Readable = Pick<Store, 'get'>

export interface ServeOptions {
  /**
   * Which sites may show the images: the Cross-Origin-Resource-Policy of the Fetch standard. `same-site` has
   * every subdomain and port of this site, `cross-origin` everybody, as for pictures in mails and on pages of
   * others. Default: `same-site`.
   */
  readonly resourcePolicy?: 'same-origin' | 'same-site' | 'cross-origin'
  /**
   * Cache-Control of an image: under its key there never are other bytes (RFC 8246). For images that not
   * everybody may see: `private, max-age=31536000, immutable`, behind a check of your own. Default:
   * `public, max-age=31536000, immutable`.
   */
  readonly cacheControl?: string
  /**
   * The name under which a browser is to save an image (RFC 6266, `attachment`), such as the one that it had
   * when it was uploaded; undefined shows it in the page. The extension is always that of the image.
   * Default: every image is shown.
   */
  readonly download?: (key: string) => string | undefined | Promise<string | undefined>
  /** Called when the store fails; the client gets only the status. Default: `console.error`. */
  readonly onError?: (thrown: unknown) => void
}

const names = {
  resourcePolicy: true,
  cacheControl: true,
  download: true,
  onError: true,
} satisfies Record<keyof ServeOptions, true>
const resourcePolicies = ['same-origin', 'same-site', 'cross-origin'] as const

/** @throws OptionError that names the option */
export function checkServeOptions(options: ServeOptions): Required<ServeOptions> {
  checkNames('', options, names)
  const {
    resourcePolicy = 'same-site',
    cacheControl = 'public, max-age=31536000, immutable',
    download = () => undefined,
    onError = thrown => console.error('serveUploads:', thrown),
  } = options
  if (!resourcePolicies.includes(resourcePolicy))
    throw new OptionError('resourcePolicy', `must be one of ${resourcePolicies.join(', ')}`)
  // Visible ASCII and blanks (RFC 9110, 5.5): anything else would make every answer fail.
  if (typeof cacheControl !== 'string' || !/^[\x20-\x7e]+$/.test(cacheControl))
    throw new OptionError('cacheControl', 'must be a Cache-Control value')
  if (typeof download !== 'function') throw new OptionError('download', 'must be a function of the key')
  if (typeof onError !== 'function') throw new OptionError('onError', 'must be a function')
  return { resourcePolicy, cacheControl, download, onError }
}
