import { nodeServer } from '../apps.mjs'

// Root's part of a container runtime: one folder that can be written to, everything else read-only, no rights left.
const jail = `
set -e
mount --make-rprivate /
mount --bind "$PWD/data" "$PWD/data"
mount -o remount,bind,ro /
exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@"
`

/** @type {import('../row.js').Row} */
export default {
  title: 'an unprivileged user, a read-only root and one writable folder',
  files: {
    'jail.sh': jail,
    'server.mjs': nodeServer.replace('./uploads', './data/images'),
    'wrong.mjs': nodeServer.replace('./uploads', './data'),
  },
  build: [
    'mkdir data && chown 65534:65534 data',
    // Where there is no room for a second folder, it says what to do.
    'unshare --mount sh jail.sh node wrong.mjs 2>&1 | grep "keep the images in a folder inside it"',
  ],
  start: 'unshare --mount sh jail.sh node server.mjs',
}
