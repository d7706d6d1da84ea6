import 'reflect-metadata'
import { All, Controller, Module, type NestInterceptor, UseInterceptors } from '@nestjs/common'
import { UploadedForm, UploadedImage } from '@sluice/adapters/nest'

export interface Route {
  readonly interceptor: NestInterceptor
  readonly hasMany: boolean
}

/** A module of Nest with a controller for each path. Decorators are called by hand: tests compile without them. */
export function nestModule(routes: Readonly<Record<string, Route>>) {
  class Application {}
  Module({ controllers: Object.entries(routes).map(([path, route]) => controller(path, route)) })(Application)
  return Application
}

/** `@Controller(path) class { @All() @UseInterceptors(interceptor) create(@UploadedImage() image) { return image } }` */
function controller(path: string, { interceptor, hasMany }: Route) {
  class Images {
    create(given: { readonly uploads?: unknown }) {
      return hasMany ? { uploads: given.uploads } : given
    }
  }
  const { prototype } = Images
  const create = Object.getOwnPropertyDescriptor(prototype, 'create') ?? {}
  const parameter = hasMany ? UploadedForm() : UploadedImage()
  parameter(prototype, 'create', 0)
  for (const decorate of [UseInterceptors(interceptor), All()]) decorate(prototype, 'create', create)
  Controller(path)(Images)
  return Images
}
