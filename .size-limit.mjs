/* npm run size: what is published and what a browser loads, each at most 5 % above what it was when this was written. */

/** @param {string} name @param {string} file @param {string} limit */
const tarball = (name, file, limit) => ({
  name,
  path: `build/tarballs/${file}.tgz`,
  limit,
  gzip: false,
  brotli: false,
  // The bundler takes it as it is.
  /** @param {object} config */
  modifyEsbuildConfig: config => ({ ...config, loader: { '.tgz': 'copy' } }),
})

export default [
  tarball('sluice', 'sluice-[0-9]*', '4.8 kB'),
  tarball('@sluice/adapters', 'sluice-adapters-*', '96.2 kB'),
  tarball('@sluice/cli', 'sluice-cli-*', '24.8 kB'),
  tarball('@sluice/client', 'sluice-client-*', '9.3 kB'),
  tarball('@sluice/codecs', 'sluice-codecs-*', '3180 kB'),
  tarball('@sluice/core', 'sluice-core-*', '160 kB'),
  tarball('@sluice/encoder', 'sluice-encoder-*', '75.8 kB'),
  tarball('@sluice/kernel', 'sluice-kernel-*', '154 kB'),
  tarball('@sluice/records', 'sluice-records-*', '30.6 kB'),
  tarball('@sluice/sandbox', 'sluice-sandbox-*', '32.9 kB'),
  tarball('@sluice/stores', 'sluice-stores-*', '24.9 kB'),
  {
    name: 'uploadImage in a browser',
    path: 'packages/sluice/dist/client.js',
    import: '{ uploadImage }',
    limit: '24.5 kB',
    gzip: true,
  },
]
