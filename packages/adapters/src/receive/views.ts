import { type Crop, type Focus, parseCrop, parseFocus, shownName, UploadError, type View } from '@sluice/core'
import type { FormFields } from '../form.js'
import { type Form, type ReceivedFile, valuesOf } from './form.js'

/**
 * What of each file is to be seen, as its form says it.
 * @throws UploadError `invalid-crop`
 */
export function viewsOf({ files, fields }: Form): readonly View[] {
  return files.map(file => {
    const { rules } = file
    const alike = files.filter(each => each.rules === rules)
    const position = { index: alike.indexOf(file), of: alike.length }
    const crop = wish<Crop>(file, fields, rules.crop, parseCrop, position)
    const focus = wish<Focus>(file, fields, rules.focus, parseFocus, position)
    return { ...(crop && { crop }), ...(focus && { focus }) }
  })
}

/** One value goes for all files of a field; as many as there are files go for each in turn. */
function wish<Wish>(
  file: ReceivedFile,
  fields: FormFields,
  name: string | undefined,
  parse: (text: string) => Wish,
  { index, of }: { readonly index: number; readonly of: number },
): Wish | undefined {
  const values = name === undefined ? [] : valuesOf(fields, name)
  if (values.length > 1 && values.length !== of)
    throw invalid(file, `${values.length} values of ${name} for ${of} files`)
  const text = (values.length === 1 ? values[0] : values[index]) ?? ''
  if (text.trim() === '') return undefined
  try {
    return parse(text)
  } catch (thrown) {
    throw UploadError.from(thrown, 'invalid-crop', { file: shownName(file.name) })
  }
}

function invalid({ name }: ReceivedFile, detail: string): UploadError {
  return new UploadError('invalid-crop', {}, { detail, file: shownName(name) })
}
