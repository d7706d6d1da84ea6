import { expect } from 'vitest'
import { decodeJpeg } from '../src/formats/jpeg.js'
import { instantiate } from '../src/instance.js'
import type { Plan } from '../src/plan.js'
import { kernelModule } from './kernel-module.js'
import { toJpeg, waves } from './pictures.js'

export const module = kernelModule('debug')
const GREY = 1

/** One picture in three kinds of JPEG. */
export const picture = waves(83, 61)
export const baseline = await toJpeg(picture, { progressive: false, quality: 95 })
export const progressive = await toJpeg(picture, { progressive: true, quality: 95 })
export const grey = await toJpeg(picture, { progressive: false, quality: 90, color_space: GREY as never })

export const decode = (file: Uint8Array, plan: Plan) => decodeJpeg(instantiate(module), file, plan)
export const refusal = (code: string) => expect.objectContaining({ name: 'KernelError', code })
