import { defineConfig } from 'vitest/config'

// Sources are tested as they stand: the condition makes workspace packages resolve to src, not to dist.
const conditions = ['@sluice/source', 'node', 'module']
// Its CommonJS file has no named exports in Node; its ES module is what tsup bundles.
const server = { deps: { inline: ['gifenc'] } }
// npm waits five minutes for a registry that stalls, which is longer than any test: it asks again instead.
const env = { npm_config_fetch_timeout: '20000', npm_config_fetch_retries: '4' }
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } }

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        // What npm alone can bring.
        ...shared,
        test: {
          name: 'unit',
          server,
          env,
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/test/**/*.test.{ts,mjs}',
            '{test,testkit,fixtures,benchmarks,scripts,look}/**/*.test.ts',
          ],
          exclude: ['**/*.system.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        // What needs Debian packages (nginx, djpeg, dwebp, Chromium, Redis: .ci/run installs them), and what would make
        // the unit tests too long: all of jSquash.
        ...shared,
        test: {
          name: 'system',
          server,
          env,
          include: ['**/*.system.test.ts'],
          // build/ holds other commits: scripts/same-outputs.
          exclude: ['**/node_modules/**', 'build/**'],
          testTimeout: 300_000,
        },
      },
    ],
  },
})
