import { expect, test, vi } from 'vitest'

vi.mock('#threads', () => import('./none.js'))
vi.mock('#shared', () => import('../shared/thread.js'))

test('where there are no threads the shared renderer draws on the one that there is; a pool is refused', async () => {
  const { sharedRenderer } = await import('../shared-renderer.js')
  const { workerPool } = await import('../worker-pool.js')
  expect(sharedRenderer().name).toBe('kernel')
  expect(() => workerPool()).toThrow('workerPool() needs threads, which this runtime lacks')
})
