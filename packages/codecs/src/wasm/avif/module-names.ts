import type { LoadModule } from '../module-names.js'

export type AvifModule = 'avif-dec' | 'avif-enc'
export type LoadAvifModule = LoadModule<AvifModule>
