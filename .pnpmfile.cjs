// What npm shows of a package (repository, homepage, bugs, author) stands once, in `project` of the root's package.json:
// pnpm writes it into every manifest that is packed or published.
const { relative } = require('node:path')
const { project } = require('./package.json')

module.exports = {
  hooks: {
    /** @param {Record<string, unknown>} manifest @param {string} folder of the package */
    beforePacking: (manifest, folder) => ({
      ...manifest,
      ...shownByNpm(project, relative(__dirname, folder).replaceAll('\\', '/')),
    }),
  },
  shownByNpm,
}

/**
 * The fields that are filled in; homepage and bugs follow from the repository unless they are given.
 * @param {{ repository?: string, author?: string, homepage?: string, bugs?: string }} project the repository is the
 * address of its page, such as https://github.com/owner/name
 * @param {string} directory of the package, from the root
 */
function shownByNpm({ repository, author, homepage, bugs }, directory) {
  const fields = {
    repository: repository && { type: 'git', url: `git+${repository}.git`, directory },
    homepage: homepage || (repository && `${repository}#readme`),
    bugs: bugs || (repository && `${repository}/issues`),
    author,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value))
}
