/** Serves previews: lets in whom the door lets in, and passes requests and upgrades on to a port of a lab's node. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream'
import type { Session } from '../sessions/session.ts'
import { NodeAgent } from './node-agent.ts'
import type { Decision, PreviewDoor } from './preview-door.ts'
import { policyOf, toBrowser, toServer, type PreviewOrigins } from './preview-headers.ts'
import { toLabel, type PreviewAddress } from './preview-host.ts'
import * as pages from './preview-pages.ts'

/** What of a session is behind its previews. */
export type PreviewSession = Pick<Session, 'id' | 'nodes' | 'over'> & { ports: Pick<Session['ports'], 'age'> }

export interface PreviewProxyOptions {
  door: PreviewDoor
  findSession: (id: string) => PreviewSession | undefined
}

/** Milliseconds until the first line of an answer. */
const patience = 60_000
/** Milliseconds from when a port is published during which what listens there may still be starting, and between two tries. */
const [startingUp, between] = [10_000, 500]
/** Requests and upgrades of one session at a time, waiting ones included. */
const mostOpen = 96

interface Place {
  address: PreviewAddress
  session: PreviewSession
  origins: PreviewOrigins
}

export class PreviewProxy {
  readonly #options: PreviewProxyOptions
  readonly #agents = new Map<string, NodeAgent>()
  readonly #open = new Map<string, number>()

  constructor(options: PreviewProxyOptions) {
    this.#options = options
  }

  /** False: the request is for no preview. */
  request(request: IncomingMessage, response: ServerResponse): boolean {
    const decision = this.#options.door.decide(request)
    if (!decision) return false
    response.on('error', () => undefined)
    const place = this.#admit(decision, response)
    if (place) this.#pass(place, request, response)
    return true
  }

  /** The same for WebSockets and whatever else a page upgrades to. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const decision = this.#options.door.decide(request)
    if (!decision) return false
    socket.on('error', () => undefined)
    const response = new http.ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket as never)
    response.on('finish', () => socket.end())
    const place = this.#admit(decision, response)
    if (place) this.#passUpgrade(place, request, response, socket, head)
    return true
  }

  /** The lab behind the address, for those who may see it; everyone else has been answered. */
  #admit(decision: Decision, response: ServerResponse): Place | undefined {
    const { door, findSession } = this.#options
    const refuse = (page: pages.Explanation) => void pages.sendExplanation(response, page, door)
    if (!decision.may && 'page' in decision) return refuse(decision.page)
    if (!decision.may) {
      const policy = { 'content-security-policy': policyOf(door) }
      return void response.writeHead(decision.status, { ...pages.ownHeaders, ...policy, ...decision.headers }).end()
    }
    const { address, origins } = decision
    const session = findSession(address.session)
    if (!session?.nodes.some((node) => node.name === address.node)) return refuse(pages.noLab)
    if ((this.#open.get(session.id) ?? 0) >= mostOpen) return refuse(pages.tooMany)
    this.#count(session.id, response)
    return { address, session, origins }
  }

  #count(session: string, response: ServerResponse): void {
    this.#open.set(session, (this.#open.get(session) ?? 0) + 1)
    const leave = () => {
      const left = (this.#open.get(session) ?? 1) - 1
      if (left > 0) this.#open.set(session, left)
      else this.#open.delete(session)
    }
    response.once('close', leave)
  }

  #agent({ address, session }: Place): NodeAgent {
    const label = toLabel(address)
    const known = this.#agents.get(label)
    if (known) return known
    const agent = new NodeAgent(() => {
      const node = session.nodes.find(({ name }) => name === address.node)
      if (!node) throw new Error('the node is being made anew')
      return node
    }, address.port)
    this.#agents.set(label, agent)
    const forget = () => {
      agent.destroy()
      this.#agents.delete(label)
    }
    if (session.over.signal.aborted) forget()
    else session.over.signal.addEventListener('abort', forget, { once: true })
    return agent
  }

  #ask(place: Place, request: IncomingMessage, headers: http.OutgoingHttpHeaders): http.ClientRequest {
    return http.request({
      agent: this.#agent(place),
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      setHost: false,
    })
  }

  #pass(place: Place, request: IncomingMessage, response: ServerResponse): void {
    let asked: http.ClientRequest
    let next: NodeJS.Timeout | undefined
    const timer = setTimeout(() => fail(pages.tooSlow(place.address.port)), patience)
    const leave = () => {
      clearTimeout(timer)
      clearTimeout(next)
      asked.destroy()
    }
    const fail = (page: pages.Explanation) => {
      leave()
      if (response.headersSent) response.destroy()
      else pages.sendExplanation(response, page, place.origins)
    }
    const ask = () => {
      asked = this.#ask(place, request, toServer(request.headers, place.origins))
      asked.on('error', (error) => {
        if (response.closed || response.writableEnded) return
        const page = explain(error, place.address.port)
        if (page.may_start && !response.headersSent && isRepeatable(request) && isStartingUp(place))
          next = setTimeout(ask, between)
        else fail(page)
      })
      asked.on('response', (answer) => {
        clearTimeout(timer)
        try {
          response.writeHead(answer.statusCode ?? 502, toBrowser(answer.headers, place.origins, request.headers))
        } catch {
          return fail(pages.notHttp(place.address.port))
        }
        response.flushHeaders()
        pipeline(answer, response, () => undefined)
      })
      if (isRepeatable(request)) asked.end()
      else pipeline(request, asked, () => undefined)
    }
    ask()
    response.once('close', leave)
  }

  #passUpgrade(place: Place, request: IncomingMessage, response: ServerResponse, socket: Duplex, head: Buffer): void {
    const headers = {
      ...toServer(request.headers, place.origins),
      connection: 'Upgrade',
      upgrade: request.headers.upgrade ?? '',
    }
    const asked = this.#ask(place, request, headers)
    const timer = setTimeout(() => asked.destroy(new Error('no answer in time')), patience)
    socket.once('close', () => {
      clearTimeout(timer)
      asked.destroy()
      response.emit('close')
    })
    asked.on('error', (error) => {
      clearTimeout(timer)
      if (!socket.destroyed) pages.sendExplanation(response, explain(error, place.address.port), place.origins)
    })
    asked.on('response', (answer) => {
      clearTimeout(timer)
      try {
        response.writeHead(answer.statusCode ?? 502, toBrowser(answer.headers, place.origins, request.headers))
      } catch {
        answer.destroy()
        return pages.sendExplanation(response, pages.notHttp(place.address.port), place.origins)
      }
      pipeline(answer, response, () => undefined)
    })
    asked.on('upgrade', (answer, inner, innerHead) => {
      clearTimeout(timer)
      response.detachSocket(socket as never)
      const lines = Object.entries(toBrowser(answer.headers, place.origins, request.headers)).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((one) => `${name}: ${String(one)}\r\n`),
      )
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${answer.headers.upgrade ?? ''}\r\n${lines.join('')}\r\n`,
      )
      if (innerHead.length > 0) socket.write(innerHead)
      if (head.length > 0) inner.write(head)
      pipeline(inner, socket, () => inner.destroy())
      pipeline(socket, inner, () => socket.destroy())
    })
    asked.end()
  }
}

/** Nothing of it is lost when it is sent a second time. */
const isRepeatable = ({ method = '', headers }: IncomingMessage) =>
  ['GET', 'HEAD'].includes(method) && !('content-length' in headers) && !('transfer-encoding' in headers)

/** Whoever opens a port as soon as the engine publishes it comes before the program in the container listens. */
const isStartingUp = ({ session, address }: Place) => (session.ports.age(address) ?? startingUp) < startingUp

function explain(error: Error, port: number): pages.Explanation {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code.startsWith('HPE_')) return pages.notHttp(port)
  return ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', ''].includes(code) ? pages.nobodyListens(port) : pages.notReachable
}
