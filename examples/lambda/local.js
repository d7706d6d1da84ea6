// As much of API Gateway (HTTP API, payload 2.0) as it takes to try the function here: bodies come and go in base64.
import { createServer } from 'node:http'
import { handler } from './handler.js'

async function read(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const server = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  const event = {
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: request.headers,
    requestContext: {
      domainName: request.headers.host,
      http: { method: request.method, path: pathname, sourceIp: request.socket.remoteAddress },
    },
    body: (await read(request)).toString('base64'),
    isBase64Encoded: true,
  }
  const { statusCode, headers, body, isBase64Encoded } = await handler(event, {})
  response.writeHead(statusCode, headers)
  response.end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'))
})
server.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
