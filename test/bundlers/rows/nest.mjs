/** @type {import('../row.js').Row} */
export default {
  title: 'NestJS on Express, by tsc',
  node: '24',
  install: {
    '@nestjs/common': '12.5.1',
    '@nestjs/core': '12.5.1',
    '@nestjs/platform-express': '12.5.1',
    '@types/node': '24.10.1',
    'reflect-metadata': '0.2.2',
    rxjs: '7.8.2',
    typescript: '5.9.3',
  },
  files: {
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'nodenext',
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        skipLibCheck: true,
        strict: true,
        outDir: 'dist',
      },
      include: ['src'],
    }),
    'src/main.ts': `
import 'reflect-metadata'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Controller, Module, Post, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'

const upload = nodeListener(uploadHandler({ store: './uploads', public: true }))

@Controller()
class Images {
  @Post('images')
  post(@Req() request: IncomingMessage, @Res() response: ServerResponse) {
    return upload(request, response)
  }
}

@Module({ controllers: [Images] })
class App {}

NestFactory.create(App).then(app => app.listen(process.env.PORT ?? 3000))
`,
  },
  build: ['tsc'],
  start: 'node dist/main.js',
}
