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
  tarball('sluice', 'sluice-[0-9]*', '5.9 kB'),
  tarball('@sluice/adapters', 'sluice-adapters-*', '117 kB'),
  tarball('@sluice/cli', 'sluice-cli-*', '58.2 kB'),
  tarball('@sluice/client', 'sluice-client-*', '49 kB'),
  tarball('@sluice/codecs', 'sluice-codecs-*', '3045 kB'),
  tarball('@sluice/core', 'sluice-core-*', '193 kB'),
  tarball('@sluice/encoder', 'sluice-encoder-*', '125 kB'),
  tarball('@sluice/jobs', 'sluice-jobs-*', '21.7 kB'),
  tarball('@sluice/kernel', 'sluice-kernel-*', '164 kB'),
  tarball('@sluice/records', 'sluice-records-*', '30.6 kB'),
  tarball('@sluice/sandbox', 'sluice-sandbox-*', '38 kB'),
  tarball('@sluice/stores', 'sluice-stores-*', '51 kB'),
  {
    name: 'uploadImage in a browser',
    path: 'packages/sluice/dist/client.js',
    import: '{ uploadImage }',
    limit: '27.3 kB',
    gzip: true,
  },
  {
    name: '<sluice-upload> in a browser, with all six languages, of which a reader loads at most two',
    path: 'packages/sluice/dist/client/element.js',
    limit: '48.8 kB',
    gzip: true,
  },
]
