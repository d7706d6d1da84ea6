// Bundles for a server: bundlers set the condition `module`, runtimes do not.
import { modules, worker } from '#parts'
import { startCarried } from './start-carried.js'
import type { Threads } from './threads.js'

export { machine, parentPort, stepBack, tidy, turn } from './process.js'

export const findRenderWorker: Threads['findRenderWorker'] = withCodecPacks => {
  if (withCodecPacks)
    throw new Error(
      'workerPool: a worker of a bundle cannot import the modules of codec packs: keep @sluice/codecs out of the ' +
        'bundle (esbuild --external:@sluice/codecs, Next.js serverExternalPackages)',
    )
  return () => startCarried({ modules, worker })
}
