import 'reflect-metadata'
import type { IncomingMessage } from 'node:http'
import {
  All,
  Controller,
  Get,
  Module,
  type NestInterceptor,
  Post,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common'
import { imageUpload, UploadedForm, UploadedImage } from '@sluice/adapters/nest'
import type { keptEndpoint } from './endpoints.js'

export interface Route {
  readonly interceptor: NestInterceptor
  readonly hasMany: boolean
}

/** A module of Nest with a controller for each path. Decorators are called by hand: tests compile without them. */
export function nestModule(
  routes: Readonly<Record<string, Route>>,
  kept?: ReturnType<typeof keptEndpoint>,
): object & (new () => object) {
  class Application {}
  const controllers = Object.entries(routes).map(([path, route]) => controller(path, route))
  Module({ controllers: kept ? [...controllers, keptController(kept)] : controllers })(Application)
  return Application
}

/** `@Controller(path) class { @All() @UseInterceptors(interceptor) create(@UploadedImage() image) { return image } }` */
function controller(path: string, { interceptor, hasMany }: Route) {
  class Images {
    create(given: { readonly uploads?: unknown }) {
      return hasMany ? { uploads: given.uploads } : given
    }
  }
  const parameter = hasMany ? UploadedForm() : UploadedImage()
  parameter(Images.prototype, 'create', 0)
  decorate(Images.prototype, 'create', UseInterceptors(interceptor), All())
  Controller(path)(Images)
  return Images
}

/** Answers what it is told to, and says how many files are kept. */
function keptController({ options, answer, count }: ReturnType<typeof keptEndpoint>) {
  class Kept {
    create(request: IncomingMessage, response: { status(code: number): unknown }) {
      response.status(answer(request.headers['x-answer']?.toString()))
    }
    async count() {
      return String(await count())
    }
  }
  Req()(Kept.prototype, 'create', 0)
  Res({ passthrough: true })(Kept.prototype, 'create', 1)
  decorate(Kept.prototype, 'create', UseInterceptors(imageUpload(options)), Post())
  decorate(Kept.prototype, 'count', Get())
  Controller('/kept')(Kept)
  return Kept
}

function decorate(prototype: object, name: string, ...decorators: MethodDecorator[]): void {
  const method = Object.getOwnPropertyDescriptor(prototype, name) ?? {}
  for (const each of decorators) each(prototype, name, method)
}
