/** WebSockets: bounded frames, a heartbeat, and a close code that makes clients come back when the server goes. */
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import type { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { closeSocket } from '../terminals/close-socket.ts'

/**
 * Bytes. Routes refuse what is longer than the contract allows with a code of the table; beyond this, ws itself ends the
 * connection with 1009 before it has read the frame.
 */
const maxFrame = 262_144
/** Milliseconds between two heartbeats; a peer that missed one is gone. */
const heartbeat = 30_000
/** Milliseconds that clients have to answer our closing. */
const farewell = 1000

/** `upgrades`: where the requests for sockets come from. */
export async function registerSockets(app: FastifyInstance, upgrades: EventEmitter): Promise<void> {
  const open = new Set<WebSocket>()
  const alive = new WeakSet<WebSocket>()

  await app.register(websocket, {
    // It listens to the upgrades of what it takes for a server, and wants nothing else of it.
    options: { maxPayload: maxFrame, perMessageDeflate: false, server: upgrades as Server },
    errorHandler: (error, socket, request) => {
      request.log.debug({ err: error }, 'socket broke')
      socket.terminate()
    },
    async preClose() {
      clearInterval(beat)
      for (const socket of open) closeSocket(socket, 'SHUTTING_DOWN')
      const gone = [...open].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      await Promise.race([Promise.all(gone), delay(farewell)])
      for (const socket of open) socket.terminate()
    },
  })

  app.websocketServer.on('connection', (socket: WebSocket) => {
    open.add(socket)
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('close', () => open.delete(socket))
  })
  const beat = setInterval(() => {
    for (const socket of open) {
      // A paused socket cannot answer: the shell does not take what this one typed, and that is no reason to end it.
      if (!alive.delete(socket) && !socket.isPaused) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.ping()
    }
  }, heartbeat)
  beat.unref()
}
