import { formatTable, type OutputFormat } from '../formats/format.js'
import type { StoredFile } from '../pipeline/stages.js'
import type { Placeholder } from './rendition.js'
import { type ImageFiles, sameShape, srcset } from './srcset.js'
import type { Uploaded } from './uploaded.js'

/** Attributes of one `<source>` (HTML, 4.8.2), all candidates of one format. */
export interface PictureSource {
  /** Content type: a browser that does not know it passes on to the next. */
  readonly type: string
  readonly srcset: string
  readonly sizes: string
}

/** A whole `<picture>` element as data, for any template. Values are not escaped: templates do that. */
export interface Picture {
  /** In this order: the first whose type a browser knows is taken. Empty where there is one format alone. */
  readonly sources: readonly PictureSource[]
  /** Attributes of the `<img>`: the format that most browsers know. Width and height keep the page from jumping. */
  readonly img: {
    readonly src: string
    readonly srcset: string
    readonly sizes: string
    readonly width: number
    readonly height: number
  }
  /** What the page can show before the image is there, where the policy asked for it. */
  readonly placeholder?: Placeholder | undefined
}

export interface PictureOptions {
  /**
   * How wide the page shows the image (HTML, 4.8.4.2.2). Default: as wide as the window, and at most as wide as the
   * image is.
   */
  readonly sizes?: string
  /** The URL of a file by its key. Default: the `url` that the adapters put next to it. */
  readonly url?: (key: string) => string
}

/** Best compression first; the last is what most browsers know. */
const preference: readonly OutputFormat[] = ['avif', 'webp', 'png', 'gif', 'jpeg']

/**
 * The data of a `<picture>` of what an upload became: a source for each format that shows all of what the main file
 * shows, best first, and an `<img>` for the rest.
 * @example
 * const { sources, img } = picture(await uploadImage('/images', file))
 */
export function picture(upload: Uploaded, options?: PictureOptions): Picture
export function picture(
  stored: ImageFiles,
  options: PictureOptions & Required<Pick<PictureOptions, 'url'>>,
): Picture
export function picture(
  image: ImageFiles & Pick<Picture, 'placeholder'>,
  options: PictureOptions = {},
): Picture {
  const files = sameShape(image)
  const addresses = new Map(files.map(file => [file.key, addressOf(file)]))
  const { url = (key: string) => addresses.get(key) ?? key } = options
  const formats = preference.filter(format => files.some(file => file.format === format))
  const format = formats.at(-1) ?? image.format
  const largest = files.filter(file => file.format === format).at(-1) ?? image
  const { sizes = `(max-width: ${largest.width}px) 100vw, ${largest.width}px` } = options
  return {
    sources: formats.slice(0, -1).map(each => ({
      type: formatTable[each].type,
      srcset: srcset(image, url, each),
      sizes,
    })),
    img: {
      src: url(largest.key),
      srcset: srcset(image, url, format),
      sizes,
      width: largest.width,
      height: largest.height,
    },
    ...(image.placeholder && { placeholder: image.placeholder }),
  }
}

function addressOf(file: StoredFile): string | undefined {
  return 'url' in file && typeof file.url === 'string' ? file.url : undefined
}
