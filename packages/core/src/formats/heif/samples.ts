import type { HeifMeta } from './meta.js'

/** What the samples of an item are. */
export interface Samples {
  readonly bitDepth: number
  readonly channels: number
}

/** As `pixi` announces them (ISO/IEC 23008-12, 6.5.6). */
export function announcedSamples(meta: HeifMeta, item: number): Samples | undefined {
  const properties = meta.propertiesOf(item)
  const { bitDepth, channels } = properties.find(property => property.channels !== undefined) ?? {}
  return bitDepth === undefined || channels === undefined ? undefined : { bitDepth, channels }
}

/** As the coded picture has them; those of a grid are those of its first tile. */
export function codedSamples(meta: HeifMeta, item: number): Samples | undefined {
  const [tile = item] = meta.typeOf(item) === 'grid' ? meta.referencesFrom(item, 'dimg') : []
  return meta.propertiesOf(tile).find(({ coded }) => coded)?.coded
}

/** AVIF demands `pixi` (AV1 image file format 1.1, 2.2.1), browsers do not. */
export function lacksPixi(meta: HeifMeta, item: number): boolean {
  return announcedSamples(meta, item) === undefined && codedSamples(meta, item) !== undefined
}

/** Early encoders left it out of alpha pictures, which have the size of what they belong to. */
export function lacksSize(meta: HeifMeta, item: number): boolean {
  return meta.propertiesOf(item).every(({ size }) => size === undefined)
}
