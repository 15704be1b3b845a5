/** What tests of previews have at either end: a page of a lab that remembers what it was asked, and requests as they are, which no client makes better. */
import http, { type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export async function servePage(page: RequestListener) {
  const seen: { url: string; headers: IncomingHttpHeaders }[] = []
  const inner = http.createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    page(request, response)
  })
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve))
  return {
    ...{ seen, inner, port: (inner.address() as AddressInfo).port },
    close() {
      inner.closeAllConnections()
      inner.close()
    },
  }
}

export function ask(
  options: http.RequestOptions,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(options, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text: string) => (body += text))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      answer.on('error', reject)
    })
    request.on('error', reject)
    request.end(options.method === 'POST' ? 'a=1' : undefined)
  })
}
