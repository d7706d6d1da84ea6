import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { ImagesController } from './images.controller.js'

@Module({ controllers: [ImagesController] })
class Application {}

const app = await NestFactory.create<NestExpressApplication>(Application)
app.useStaticAssets('public')
app.useStaticAssets('uploads', { prefix: '/images/', maxAge: '1y', immutable: true, index: false })
await app.listen(Number(process.env.PORT ?? 3000))
console.log(await app.getUrl())
