import { describe, expect, test, vi } from 'vitest'
import type { UploadForm } from '../src/form.js'
import { codeOf, endpoint, post } from './endpoint.js'
import { pngImage } from './images.js'
import { field, file, type Part } from './multipart-body.js'
import { toyRenderer } from './toy-renderer.js'

const png = pngImage(100, 50)
const pdf: Part = {
  head: 'Content-Disposition: form-data; name="cv"; filename="../My CV.pdf"\r\nContent-Type: Application/PDF',
  content: '%PDF-1.7',
}
const avatar = (name = 'me.png') => file(png, name, 'avatar')
const picture = (name = 'a.png') => file(png, name, 'gallery')

/** What the application is told of a form, and what its sender is. */
async function send(parts: readonly Part[], options: Parameters<typeof endpoint>[0] = {}) {
  const forms: UploadForm[] = []
  const onStored = (form: UploadForm) => void forms.push(form)
  const { handler, keys, events } = endpoint({ onStored, ...options })
  const response = await handler(post(parts))
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, body, form: forms[0], keys: await keys(), events }
}

describe('several file fields', () => {
  const fields = {
    avatar: { maxFiles: 1, policy: { output: { maxWidth: 40 }, maxFileBytes: 1000 } },
    gallery: { maxFiles: 10, policy: { variants: { thumb: { maxWidth: 10 } } } },
  }
  test('each with its number and its policy, in one commit; every upload says its field', async () => {
    const { status, body, form, keys } = await send(
      [picture('a.png'), field('title', 'Sea'), avatar(), picture('b.png')],
      { fields },
    )
    expect(status).toBe(201)
    expect(form?.uploads.map(({ field, width }) => [field, width])).toEqual([
      ['gallery', 100],
      ['avatar', 40],
      ['gallery', 100],
    ])
    expect(body).toEqual({ uploads: JSON.parse(JSON.stringify(form?.uploads)) })
    expect(form?.uploads.map(({ variants }) => Object.keys(variants))).toEqual([['thumb'], [], ['thumb']])
    expect(new Set(form?.stored.map(({ policyVersion }) => policyVersion)).size).toBe(2)
    expect([keys.length, form?.fields.title]).toEqual([5, 'Sea'])
  })

  test('all are optional, and one is enough', async () => {
    expect((await send([avatar()], { fields })).status).toBe(201)
    expect((await send([picture()], { fields })).status).toBe(201)
    expect((await send([file('', '', 'avatar'), picture()], { fields })).status).toBe(201)
    expect((await send([field('title', 'x')], { fields })).body.code).toBe('no-file')
  })

  test('a field may be required', async () => {
    const strict = { ...fields, avatar: { required: true } }
    expect((await send([picture()], { fields: strict })).body).toMatchObject({
      code: 'no-file',
      params: { field: 'avatar' },
    })
    expect((await send([picture(), avatar()], { fields: strict })).status).toBe(201)
  })

  test('nor where every field says that it may be empty, unless the endpoint says otherwise', async () => {
    const optional = { avatar: { required: false }, gallery: { required: false } }
    expect((await send([field('title', 'x')], { fields: optional })).status).toBeLessThan(300)
    const { body } = await send([field('title', 'x')], { fields: optional, required: true })
    expect(body).toMatchObject({ code: 'no-file' })
    const one = { ...optional, gallery: {} }
    expect((await send([field('title', 'x')], { fields: one })).body).toMatchObject({ code: 'no-file' })
  })

  test('a form without any file goes through where none is required: nothing was created', async () => {
    const { status, body, form, keys } = await send([field('title', 'x')], { fields, required: false })
    expect([status, body, keys]).toEqual([200, { uploads: [] }, []])
    expect(form).toMatchObject({ uploads: [], identity: { role: 'visitor' } })
    expect({ ...form?.fields }).toEqual({ title: 'x' })
  })

  test('a refusal names its file, and what it is held to is the field', async () => {
    expect((await send([avatar(), avatar('two.png')], { fields })).body).toMatchObject({
      code: 'too-many-files',
      file: 'two.png',
      params: { maxFiles: 1, field: 'avatar' },
    })
    const large = file(Buffer.concat([png, Buffer.alloc(1000)]), 'my large <one>.png', 'avatar')
    expect((await send([picture(), large], { fields })).body).toMatchObject({
      code: 'too-large',
      file: 'my_large_one.png',
      params: { maxBytes: 1000 },
    })
    expect(
      (await send([picture('good.png'), file('%PDF-1.7', '../b\u202ead.png', 'gallery')], { fields })).body,
    ).toMatchObject({
      code: 'format-not-allowed',
      file: 'bad.png',
    })
    expect(
      (await send([picture('good.png'), file(png, 'bad.exe', 'gallery')], { fields })).body,
    ).toMatchObject({
      code: 'extension-not-allowed',
      file: 'bad.exe',
    })
    const unnamed = await send([picture('good.png'), file('x', 'blob', 'gallery')], { fields })
    expect(unnamed.body).toMatchObject({ code: 'format-unknown' })
    expect(unnamed.body).not.toHaveProperty('file')
  })

  test('an image without a form is for the only field, where there is but one', async () => {
    const headers = { 'content-type': 'image/png', 'sec-fetch-site': 'same-origin' }
    const raw = () => new Request('https://here.example/', { method: 'POST', body: png, headers })
    const only = await endpoint({ fields: { avatar: {} } }).handler(raw())
    expect(only.status).toBe(201)
    expect(await only.json()).not.toHaveProperty('uploads.0.field')
    expect(await codeOf(await endpoint({ fields }).handler(raw()))).toBe('wrong-field')
  })
})

test('field: * takes files from any field, as Uppy and others name theirs', async () => {
  const parts = [file(png, 'a.png', 'files[]'), file(png, 'b.png', '__proto__')]
  expect(await send(parts, { field: '*', maxFiles: 2 })).toMatchObject({
    status: 201,
    body: { uploads: [{ field: 'files[]' }, { field: '__proto__' }] },
  })
  expect((await send([...parts, avatar()], { field: '*', maxFiles: 2 })).body.code).toBe('too-many-files')
  const beside = { fields: { avatar: {}, '*': { maxFiles: 2 } } }
  expect((await send([...parts, avatar()], beside)).status).toBe(201)
  expect((await send([avatar(), avatar()], beside)).body.code).toBe('too-many-files')
})

describe('files in other fields', () => {
  test('are refused, with what to do', async () => {
    const { status, body, keys } = await send([file(png), pdf])
    expect([status, keys]).toEqual([400, []])
    expect(body).toMatchObject({
      code: 'wrong-field',
      title:
        'The file must be sent in the field "image". For other files see the option otherFiles of the server.',
      file: 'My_CV.pdf',
    })
  })
  test('or ignored', async () => {
    const { status, form } = await send([pdf, file(png)], { otherFiles: 'ignore' })
    expect([status, form?.otherFiles]).toEqual([201, []])
  })
  test('or passed on as they came', async () => {
    const { status, form } = await send([pdf, file(png)], { otherFiles: 'pass' })
    expect(status).toBe(201)
    expect(form?.otherFiles).toEqual([
      {
        field: 'cv',
        name: 'My_CV.pdf',
        type: 'application/pdf',
        bytes: new TextEncoder().encode('%PDF-1.7'),
      },
    ])
  })
  test.each(['ignore', 'pass'] as const)('and count as form fields: %s', async otherFiles => {
    const parts = [pdf, field('a', 'b'), file(png)]
    expect((await send(parts, { otherFiles, maxFields: 2 })).status).toBe(201)
    expect((await send(parts, { otherFiles, maxFields: 1 })).body.code).toBe('too-many-fields')
  })
})

describe('ten photos', () => {
  const photos = (bytes: number) => {
    const content = Buffer.concat([png, Buffer.alloc(bytes - png.length)])
    return Array.from({ length: 10 }, (_, index) => file(content, `photo${index}.png`))
  }
  test.each([1_000_000, 5_000_000])('of %i bytes each need no setting but their number', async bytes => {
    expect((await send(photos(bytes), { maxFiles: 10 })).status).toBe(201)
  })
  test('together over the limit of the body are told so', async () => {
    const { status, body } = await send(photos(1000), { maxFiles: 10, policy: { maxBytes: 9000 } })
    expect([status, body.code, body.title]).toEqual([
      413,
      'body-too-large',
      'The files are too large together: at most 8.7 kB. Send fewer of them at once.',
    ])
  })
})

test('PUT and PATCH are taken where they are named, and Allow says so', async () => {
  const put = (method: string) =>
    new Request('https://here.example/', {
      method,
      body: png,
      headers: { 'content-type': 'image/png', 'sec-fetch-site': 'same-origin' },
    })
  const { handler } = endpoint({ methods: ['PUT', 'PATCH'] })
  expect((await handler(put('PUT'))).status).toBe(201)
  expect((await handler(put('PATCH'))).status).toBe(201)
  const refused = await handler(put('POST'))
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'PUT, PATCH'])
  expect(await refused.json()).toMatchObject({ title: 'Send images with PUT, PATCH.' })
})

describe('a token in the form', () => {
  const csrf = { token: { secret: 's'.repeat(32) } }
  test('is asked for where no file comes either', async () => {
    const { status, body } = await send([field('title', 'x')], { csrf, required: false })
    expect([status, body.code]).toEqual([403, 'csrf-token'])
  })
})

describe('crop and focus from form fields', () => {
  /** The views that reach the renderer. */
  async function views(parts: readonly Part[], options: Parameters<typeof endpoint>[0] = {}, named = true) {
    const render = vi.fn(toyRenderer.render)
    const names = named ? { crop: 'crop', focus: 'focus', maxFiles: 3 } : {}
    const sent = await send(parts, { ...names, renderer: { ...toyRenderer, render }, ...options })
    return { ...sent, views: render.mock.calls.map(([source]) => source.view) }
  }
  test('are seen by every file of their field, also where they come after it', async () => {
    const {
      status,
      views: seen,
      form,
    } = await views([file(png), field('crop', '0.5,0,0.5,1'), file(png), field('focus', '0,1')])
    expect(status).toBe(201)
    const view = { crop: { x: 0.5, y: 0, width: 0.5, height: 1 }, focus: { x: 0, y: 1 } }
    expect(seen).toEqual([view, view])
    expect(form?.uploads.map(({ width, height }) => [width, height])).toEqual([
      [50, 50],
      [50, 50],
    ])
  })
  test('sent as often as there are files, each has its own', async () => {
    const { views: seen } = await views([
      file(png),
      file(png),
      field('crop', '0,0,0.5,0.5'),
      field('crop', ''),
    ])
    expect(seen).toEqual([{ crop: { x: 0, y: 0, width: 0.5, height: 0.5 } }, undefined])
  })
  test.each([
    ['no crop', []],
    ['an empty one', [field('crop', '')]],
  ])('%s is all of the picture', async (_, parts) => {
    expect((await views([file(png), ...parts])).views).toEqual([undefined])
  })
  test.each([
    ['outside of the picture', [field('crop', '0.5,0,0.6,1')]],
    ['no numbers', [field('crop', 'all')]],
    ['three numbers', [field('crop', '0,0,1')]],
    ['a point outside', [field('focus', '2,0')]],
    ['two crops for one file', [field('crop', '0,0,1,1'), field('crop', '0,0,1,1')]],
  ])('%s is the sender’s fault', async (_, parts) => {
    const { status, body, views: seen } = await views([file(png, 'cat.png'), ...parts])
    expect([status, body.code, body.file, seen]).toEqual([400, 'invalid-crop', 'cat.png', []])
  })
  test('a slip of the mouse is told so, in pixels', async () => {
    const { status, body } = await views([file(png), field('crop', '0,0,0.01,1')])
    expect([status, body.code]).toEqual([422, 'crop-too-small'])
  })
  test('a form that names no such option is not looked at', async () => {
    const parts = [file(png), field('crop', 'all')]
    expect((await views(parts, { maxFiles: 1 }, false)).views).toEqual([undefined])
  })
  test('each field has its own names', async () => {
    const fields = { avatar: { crop: 'avatarCrop' }, gallery: {} }
    const parts = [avatar(), picture(), field('avatarCrop', '0,0,0.5,1')]
    const { views: seen } = await views(parts, { fields }, false)
    expect(seen).toEqual([{ crop: { x: 0, y: 0, width: 0.5, height: 1 } }, undefined])
  })
})

describe('what authorize answers', () => {
  test.each([
    [true, 'authorize answered boolean true: it must say who that is'],
    ['admin', 'authorize answered string admin'],
    [{}, 'authorize answered an object with nothing in it'],
    [{ name: 'ann' }, 'authorize answered an object with name'],
    [{ role: 5 }, 'authorize answered a role that is a number'],
    [{ role: 'a', user: {} }, 'authorize answered a user that is a object'],
    [{ role: 'a', user: Number.NaN }, 'authorize answered a user that is a number'],
  ])('%j is the operator’s fault, and the log says what to do', async (answer, detail) => {
    const { status, body, events } = await send([file(png)], { authorize: () => answer as never })
    expect([status, body.code]).toEqual([500, 'internal'])
    expect(events).toMatchObject([{ code: 'internal', detail: expect.stringContaining(detail) }])
  })
  test.each([undefined, null, false] as const)('%j is nobody', async answer => {
    expect((await send([file(png)], { authorize: () => answer })).status).toBe(401)
  })
  test('a number is a user like others', async () => {
    const { form } = await send([file(png)], { authorize: () => ({ role: 'author', user: 7 }) })
    expect(form?.identity).toEqual({ role: 'author', user: '7' })
  })
  test('a role without a policy may not, and the log says which there are', async () => {
    const { status, events } = await send([file(png)], {
      authorize: () => ({ role: 'guest' }),
      policies: { admin: {}, author: {} },
    })
    expect(status).toBe(403)
    expect(events).toMatchObject([{ detail: 'policies has no "guest"; its roles are admin, author' }])
  })
})
