import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import {
  createParamDecorator,
  type ExecutionContext,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common'
import type { Uploaded } from '@sluice/core'
import { of } from 'rxjs'
import type { PendingForm } from './form.js'
import { nodeUpload, trustedAddress } from './node/node-upload.js'
import type { UploadOptions } from './options.js'
import { checkOptions } from './settings.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, PendingForm, UploadForm } from './form.js'
export { OptionError } from './option-error.js'
export type { FileField, UploadOptions } from './options.js'

/** As much of a reply as Express and Fastify both have. */
interface Reply {
  status(code: number): unknown
  header(name: string, value: string): unknown
}

const forms = new WeakMap<object, PendingForm>()

/**
 * An interceptor for Nest 11 and 12. Answers refusals itself; of an accepted upload the method gets what
 * `@UploadedImage()` and `@UploadedForm()` ask for, with 201 and Location already set. Its files are kept if
 * the method answers with a status below 400; if it fails, or the client disconnects first, they are deleted
 * again. `onStored`, or `confirm()` of the form, decides instead.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * @Post()
 * @UseInterceptors(imageUpload({ store: './uploads', authorize }))
 * create(@UploadedImage() image: Uploaded) { return image }
 */
export function imageUpload<Request extends object = IncomingMessage>(
  options: UploadOptions<Request, undefined>,
): NestInterceptor {
  const settings = checkOptions(options)
  return {
    async intercept(context, next) {
      const native = context.switchToHttp().getRequest<Request>()
      const reply = context.switchToHttp().getResponse<Reply>()
      const { form, status, headers, answer } = await nodeUpload(settings, {
        request: rawOf<IncomingMessage>(native),
        response: rawOf<ServerResponse>(reply),
        native,
        proxiedFor: trustedAddress(native),
        handsOn: true,
      })
      if (form) {
        forms.set(native, form)
        setHead(reply, status, headers)
        return next.handle()
      }
      const { status: code, headers: all, body } = answer()
      setHead(reply, code, all)
      // Sent as it is; anything else would become JSON once more.
      return of(body instanceof Readable ? new StreamableFile(body) : new StreamableFile(body))
    },
  }
}

/** The image; the first of them where several may be sent. For a parameter of type `Uploaded`. */
export const UploadedImage = createParamDecorator(
  (_: unknown, context: ExecutionContext): Uploaded | undefined => formOf(context)?.uploads[0],
)

/** All of the request: images, fields, user. For a parameter of type `PendingForm`. */
export const UploadedForm = createParamDecorator((_: unknown, context: ExecutionContext) => formOf(context))

function formOf(context: ExecutionContext): PendingForm | undefined {
  return forms.get(context.switchToHttp().getRequest<object>())
}

function setHead(reply: Reply, status: number, headers: Readonly<Record<string, string>>): void {
  reply.status(status)
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
}

/** Fastify's request and reply stand before those of node:http; Express's are those. */
function rawOf<Raw>(given: object): Raw {
  return ('raw' in given ? given.raw : given) as Raw
}
