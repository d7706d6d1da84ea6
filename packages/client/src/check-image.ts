import { admit, type Policy, type Probed, probe, sniff, type View } from '@sluice/core'

/**
 * Checks a file against the policy before it is sent, by the same stages as on the server: name, size,
 * content, header. It spares people the wait for a refusal; the server relies on none of it (OWASP ASVS 5.0,
 * 2.2.2).
 * @param view the part of the picture that will be asked for
 * @throws UploadError as the server would up to here, with the same code and numbers
 */
export async function checkImage(
  file: Blob,
  policy: Policy,
  signal?: AbortSignal,
  view: View = {},
): Promise<Probed> {
  const admitted = await admit({ body: file, name: nameOf(file), ...view }, policy, signal)
  return probe(sniff(admitted, policy), policy)
}

/** Files have one, blobs of a canvas or a clipboard have none. */
export function nameOf(file: Blob): string | undefined {
  return 'name' in file && typeof file.name === 'string' ? file.name : undefined
}
