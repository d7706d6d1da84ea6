const head = `# Bundlers, frameworks and runtimes

The packed packages, installed in an empty folder, built, started from a folder with nothing else in it, and sent a JPEG, a PNG, a GIF
and a damaged file, with the default pool. A row passes if all four answers, including the SHA-256 of each image, equal those of
plain Node. Written by \`npm run matrix\`; the apps are in [test/bundlers/rows](../test/bundlers/rows).

Nothing has to be configured, with three exceptions. A bundler that does not announce itself by an export condition (\`bun build\`,
\`ncc\`, esbuild with \`--conditions\`) needs the line \`import '@sluice/codecs/inline'\`. A bundle with \`avif()\` or \`heic()\` must keep
\`@sluice/codecs\` external. \`node --permission\` needs \`--allow-worker\`, and both folders of the store must exist. Whatever is missing
is named at start.

| | Node | result | seconds |
|---|---|---|---|
`

/** @param {Readonly<Record<string, import('./row.js').Result>>} results */
export function table(results) {
  const rows = Object.entries(results).map(([name, { title, node, failure, seconds }]) => {
    const link = `[${title}](../test/bundlers/rows/${name}.mjs)`
    return `| ${link} | ${node} | ${failure ? 'fails' : 'same bytes'} | ${seconds} |`
  })
  return `${head}${rows.join('\n')}\n`
}
