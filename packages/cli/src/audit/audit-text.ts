import { escapeControls } from '../escape-controls.js'
import { count, counted, size } from '../words.js'
import type { Report } from './audit.js'
import type { Finding, Problem } from './finding.js'
import type { Refusals } from './refusals.js'

/** One finding in a line. */
export function findingLine({ path, problem, detail }: Finding): string {
  return `${problem}: ${escapeControls(path)}${detail ? ` (${escapeControls(detail)})` : ''}\n`
}

/** The counts, in a few lines. */
export function summaryText({ statistics, findings, allowed, complete }: Report): string {
  const { files, bytes, formats, variants } = statistics
  const total = sum(findings)
  const lines = [
    `${counted(files, 'file')}, ${size(bytes)}, ${counted(total, 'finding')}${complete ? '' : '; not everything was checked'}`,
  ]
  if (total > 0) lines.push(`found:    ${byNumber(findings)}`)
  if (sum(allowed) > 0) lines.push(`allowed:  ${byNumber(allowed)}`)
  if (files > 0) lines.push(`formats:  ${sums(formats)}`)
  if (Object.keys(variants).length > 1) lines.push(`variants: ${sums(variants)}`)
  return `${lines.join('\n')}\n`
}

export function sum(counts: Report['findings']): number {
  return Object.values(counts).reduce((total, each) => total + each, 0)
}

/** Most frequent first. */
export function sorted(counts: Report['findings']): readonly (readonly [Problem, number])[] {
  return (Object.entries(counts) as [Problem, number][]).sort(([, one], [, other]) => other - one)
}

function byNumber(counts: Report['findings']): string {
  return sorted(counts)
    .map(([problem, files]) => `${count(files)} ${problem}`)
    .join(', ')
}

function sums(all: Readonly<Record<string, { readonly files: number; readonly bytes: number }>>): string {
  return Object.entries(all)
    .sort(([, one], [, other]) => other.files - one.files)
    .map(([name, { files, bytes }]) => `${escapeControls(name)} ${count(files)} (${size(bytes)})`)
    .join(', ')
}

export function refusalsText({ accepted, refused, codes }: Refusals): string {
  const all = Object.entries(codes)
    .sort(([, one], [, other]) => other - one)
    .map(([code, uploads]) => `${count(uploads)} ${code}`)
  return `log:      ${count(accepted)} accepted, ${count(refused)} refused${all.length > 0 ? `: ${all.join(', ')}` : ''}\n`
}
