/**
 * What one handler made of a file.
 * @typedef {object} Got
 * @property {number} status
 * @property {string} [message] why it was refused, with the code in front where there is one
 * @property {string} [format]
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} [frames]
 * @property {number} cpuMs of all threads
 * @property {number} mib peak of the process
 * @property {boolean} right
 * @property {string} name
 */

/**
 * @typedef {{ kind: 'hostile' | 'awkward', file: string, what: string, bytes: number, multer: Got, sluice: Got }} Posted
 * @typedef {{ date: string, machine: { cpu: string, cores: number, node: string }, rows: readonly Posted[] }} Uploads
 */

/** What the README says of an upload handler made of other parts: nothing that is not in the result. @param {Uploads} result */
export function uploadsText({ rows, date, machine }) {
  const name = rows[0]?.multer.name ?? ''
  const sections = /** @type {const} */ (['hostile', 'awkward']).map(kind => {
    const all = rows.filter(row => row.kind === kind)
    const right = (/** @type {'multer' | 'sluice'} */ handler) =>
      `**${all.filter(row => row[handler].right).length} of ${all.length}**`
    const lines = all.map(
      ({ what, bytes, multer, sluice }) => `| ${what}, ${size(bytes)} | ${cell(multer)} | ${cell(sluice)} |`,
    )
    return [`| **${kind}** | ${right('multer')} | ${right('sluice')} |`, ...lines].join('\n')
  })
  return `The same files, posted to an upload handler of ${name} as their documentation shows it, with the limits that
a careful developer sets, and to ours with its defaults; each file goes to a fresh process. ✓ is the outcome a person wants for that
file, within 2 seconds of processor time and 512 MiB; costs are shown from half a second and 256 MiB up.

| | multer and sharp | Sluice |
|---|---|---|
${sections.join('\n')}

The last refusal is what ASVS 5.2.2 asks for; \`mismatch: 'allow'\` lifts it. By default every byte of a stranger's WebP, JPEG, PNG and GIF is read by code
of this repository, sandboxed, metered and [fuzzed](docs/fuzzing.md); C is met only by colour profiles with tables and by codec packs that
you asked for ([components](docs/security.md#risky-components-asvs-1514)). What no single file shows: bodies are bounded as they arrive and counted across
the process, cross-site forms are refused, addresses and users have limits, and every image is verified before it is
stored under a generated name ([checklist](docs/checklist.md)).

Measured on ${date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node} ([result](benchmarks/results/uploads.json),
[script](benchmarks/uploads.mjs), [why these](decisions/117-twenty-files-in-the-readme.md)).`
}

/** @param {Got} got */
function cell({ right, status, message = '', format, width, height, frames = 1, cpuMs, mib }) {
  const drawn = `${width}x${height} ${format}${frames > 1 ? `, ${frames} frames` : ''}`
  const verdict = status === 201 ? drawn : status === 0 ? message : `${status} ${reason(message)}`
  const price = [...(cpuMs >= 500 ? [time(cpuMs)] : []), ...(mib >= 256 ? [`${mib} MiB`] : [])]
  return `${right ? '✓' : '✗'} ${[verdict, ...price].join(', ')}`
}

/** The code, or the beginning of what was said. @param {string} message */
function reason(message) {
  const [, code] = /^([a-z-]+): /.exec(message) ?? []
  return code
    ? `\`${code}\``
    : `"${message.slice(0, 40)}${message.length > 40 ? '…' : ''}"`.replaceAll('|', '\\|')
}

/** @param {number} ms */
const time = ms => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`)

/** @param {number} bytes */
const size = bytes =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`
