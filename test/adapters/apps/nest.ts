import 'reflect-metadata'
import type { IncomingMessage } from 'node:http'
import { imageUpload, UploadedForm, UploadedImage } from '@sluice/adapters/nest'
import { All, Controller, Module, UseInterceptors } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { endpoints } from './endpoints.js'

/** What `@Controller(path) class { @All() @UseInterceptors(...) create(@UploadedImage() image) { return image } }` becomes. */
function controller(path: string, interceptor: ReturnType<typeof imageUpload>, hasMany: boolean) {
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

const options = endpoints<IncomingMessage>((request, name) => request.headers[name]?.toString())
class Application {}
Module({
  controllers: Object.entries(options).map(([path, each]) =>
    controller(path, imageUpload(each), each.maxFiles !== undefined),
  ),
})(Application)

const app = await NestFactory.create(Application, { logger: ['error'] })
await app.listen(0, '127.0.0.1')
console.log(`PORT ${app.getHttpServer().address().port}`)
