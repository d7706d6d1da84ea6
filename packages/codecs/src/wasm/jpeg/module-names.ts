import type { LoadModule } from '../module-names.js'

export type JpegModule = 'jpeg-enc'
export type LoadJpegModule = LoadModule<JpegModule>
