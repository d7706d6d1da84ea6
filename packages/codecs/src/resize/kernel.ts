import { resize } from '@sluice/kernel'
import type { Resizer } from '../codec.js'
import { resizePrice } from '../prices.js'
import { withKernel } from '../wasm/with-kernel.js'

/** About what it takes: pictures go through in bands. */
const bandBytes = 2 ** 20

/** Lanczos3 in gamma space, premultiplied where there is alpha; crops to fractions of a pixel. */
export const kernelResizer: Resizer = {
  async resize(picture, { width, height, crop, alpha, budget }) {
    return withKernel(budget, resizePrice(picture, { width, height }), bandBytes, kernel =>
      resize(kernel, picture, { width, height, opaque: !alpha, ...(crop && { crop }) }),
    )
  },
}
