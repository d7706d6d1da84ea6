/** The result as tables of plain text, ratios first: milliseconds belong to one machine, ratios travel better. */
export function terminalReport(result) {
  const labels = new Map(result.contenders.map(({ id, label, version }) => [id, { label, version }]))
  const parts = [
    `${result.machine.cpu}, ${result.machine.cores} cores, Node ${result.machine.node}, ${result.date.slice(0, 10)}`,
  ]
  parts.push(
    `Decode, orient, fit ${result.job.maxWidth}x${result.job.maxHeight}, WebP quality ${result.job.quality} effort ${result.job.effort}. Median ms (quartiles), ratio to ${labels.get(result.yardstick).label}.`,
  )
  for (const input of result.inputs.filter(one => one.roles.includes('latency'))) {
    const rows = result.latency.filter(row => row.input === input.id).map(row => latencyRow(labels, row))
    parts.push(`${input.title}\n${table(['', 'ms', 'quartiles', 'ratio', 'kB out'], rows)}`)
  }
  if (result.memory) {
    const rows = result.memory.map(row => [
      title(result, row.input),
      labels.get(row.contender).label,
      row.cannot ?? mib(row.peak),
    ])
    parts.push(`Peak memory\n${table(['', '', 'process'], rows)}`)
  }
  if (result.throughput) {
    const rows = result.throughput.map(row => [
      title(result, row.input),
      labels.get(row.contender).label,
      row.perSecond.toFixed(2),
    ])
    parts.push(`Images a second, all cores\n${table(['', '', '1/s'], rows)}`)
  }
  parts.push(
    `First image of a new process\n${table(
      ['', 'ms'],
      result.coldStart.map(row => [labels.get(row.contender).label, row.ms.median.toFixed(0)]),
    )}`,
  )
  const refusals = result.refusals.map(row => [
    title(result, row.input),
    labels.get(row.contender).label,
    row.cannot ?? row.ms.toFixed(1),
    row.verdict ?? '',
  ])
  parts.push(`Files that must be refused\n${table(['', '', 'ms', 'verdict'], refusals)}`)
  for (const { label, why } of result.absent) parts.push(`${label} took no part: ${why}`)
  return `${parts.join('\n\n')}\n`
}

function latencyRow(labels, row) {
  const { label } = labels.get(row.contender)
  if (row.cannot) return [label, '-', row.cannot, '', '']
  return [
    label,
    row.ms.median.toFixed(0),
    `${row.ms.low.toFixed(0)}-${row.ms.high.toFixed(0)}`,
    row.ratio?.median.toFixed(2) ?? '',
    (row.bytes / 1000).toFixed(0),
  ]
}

const title = (result, id) => result.inputs.find(input => input.id === id)?.title ?? id
const mib = bytes => `${(bytes / 2 ** 20).toFixed(0)} MiB`

/** Columns as wide as their longest cell; numbers to the right. */
export function table(head, rows) {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map(row => String(row[column]).length)))
  const line = row =>
    row
      .map((cell, column) =>
        /^[+-]?[\d.,-]+( %| MiB)?$/.test(cell)
          ? String(cell).padStart(widths[column])
          : String(cell).padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd()
  return all.map(row => `  ${line(row)}`).join('\n')
}
