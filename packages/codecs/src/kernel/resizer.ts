import { resize } from '@sluice/kernel'
import type { Resizer } from '../codec.js'
import { Ledger } from '../sandbox/index.js'
import { resizePrice } from './price.js'
import { withKernel } from './with-kernel.js'

/** Lanczos3 in gamma space, premultiplied where there is alpha; crops to fractions of a pixel. */
export const kernelResizer: Resizer = {
  async resize(picture, { width, height, crop, alpha, budget }) {
    const { ledger = new Ledger(budget.memoryMb * 2 ** 20) } = budget
    // Finished rows leave the kernel while it still works.
    const release = ledger.hold({ bytes: 4 * width * height })
    try {
      return await withKernel({ ...budget, ledger }, resizePrice(picture, { width, height }), kernel =>
        resize(kernel, picture, { width, height, opaque: !alpha, ...(crop && { crop }) }),
      )
    } finally {
      release()
    }
  },
}
