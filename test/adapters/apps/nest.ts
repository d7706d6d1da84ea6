import type { IncomingMessage } from 'node:http'
import { NestFactory } from '@nestjs/core'
import { imageUpload } from '@sluice/adapters/nest'
import { endpoints, hasMany, keptEndpoint } from './endpoints.js'
import { nestModule } from './nest-app.js'

const options = endpoints<IncomingMessage>((request, name) => request.headers[name]?.toString())
const routes = Object.fromEntries(
  Object.entries(options).map(([path, each]) => [
    path,
    { interceptor: imageUpload(each), hasMany: hasMany(each) },
  ]),
)
const app = await NestFactory.create(nestModule(routes, keptEndpoint()), { logger: false })
await app.listen(0, '127.0.0.1')
console.log(`PORT ${app.getHttpServer().address().port}`)
