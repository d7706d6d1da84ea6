import { defineConfig } from 'vitest/config'

// Sources are tested as they stand: the condition makes workspace packages resolve to src, not to dist.
const conditions = ['@sluice/source', 'node', 'module']
// Its CommonJS file has no named exports in Node; its ES module is what tsup bundles.
const server = { deps: { inline: ['gifenc'] } }
// npm waits five minutes for a registry that stalls, which is longer than any test: it asks again instead.
const env = { npm_config_fetch_timeout: '20000', npm_config_fetch_retries: '4' }
const project = <Test extends object>(test: Test) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { server, env, ...test },
})
// They fill the machine or its memory, kill what they started, or wait for a moment that must not pass.
const alone = [
  'packages/cli/test/{backup/*,moves}.system.test.ts',
  'packages/{records,stores}/test/*.system.test.ts',
  'test/{chaos,flood,pool,queues}/*.system.test.ts',
]

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      // What npm alone can bring.
      project({
        name: 'unit',
        include: [
          'packages/*/src/**/*.test.ts',
          'packages/*/test/**/*.test.{ts,mjs}',
          '{test,testkit,fixtures,benchmarks,scripts,look}/**/*.test.ts',
        ],
        exclude: ['**/*.system.test.ts', '**/node_modules/**'],
        testTimeout: 60_000,
      }),
      // What needs Debian packages (nginx, djpeg, dwebp, Chromium, Redis: .ci/run installs them), and what would make
      // the unit tests too long: all of jSquash.
      project({
        name: 'system',
        include: ['**/*.system.test.ts'],
        // build/ holds other commits: scripts/same-outputs.
        exclude: ['**/node_modules/**', 'build/**', ...alone],
        testTimeout: 300_000,
      }),
      // Those of them that need the whole machine, after all others.
      project({
        name: 'alone',
        include: alone,
        exclude: ['**/node_modules/**'],
        fileParallelism: false,
        testTimeout: 300_000,
      }),
    ],
  },
})
