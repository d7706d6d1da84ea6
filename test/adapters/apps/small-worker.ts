import { uploadHandler } from '@sluice/adapters/fetch'
import { type R2Binding, r2Store } from '@sluice/stores/r2'

/**
 * What the documentation shows for Workers: the smallest application, by which the size of a build is
 * measured.
 */
export default {
  fetch: uploadHandler<{ readonly BUCKET: R2Binding }>({
    store: env => r2Store(env.BUCKET),
    public: true,
    policy: { preset: 'edge' },
  }),
}
