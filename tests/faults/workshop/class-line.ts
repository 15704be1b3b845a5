/** What a learner's page has open: the workshop's socket, and once there is a lab its events and a terminal. When one is gone, all are. */
import type WebSocket from 'ws'
import { liveEvent, type LiveEvent, type SessionEvent } from '@drydock/sandbox-server/contract'
import { hear, type Heard } from '../../harness/heard.ts'
import type { Learner } from '../../harness/learner.ts'
import type { TerminalClient } from '../../harness/terminal.ts'

export interface LabLine {
  events: Heard<SessionEvent>
  terminal: TerminalClient
}

export interface ClassLine {
  live: Heard<LiveEvent>
  lab: LabLine | null
  readonly isLost: boolean
  /** As when a cable is pulled: nobody says goodbye. */
  cut(): void
}

export interface Wanted {
  workshop: string
  session: string | null
  /** Output of the terminal that was seen before. */
  since: number | null
}

export async function openLine(who: Learner, { workshop, session, since }: Wanted): Promise<ClassLine> {
  const sockets: WebSocket[] = []
  let lost = false
  const cut = () => {
    lost = true
    for (const socket of sockets) socket.terminate()
  }
  const add = (socket: WebSocket) => {
    sockets.push(socket)
    socket.on('close', cut)
    if (socket.readyState !== socket.OPEN) cut()
  }
  try {
    const live = await hear(who, `/api/workshops/${workshop}/live`, (json) => liveEvent.parse(json))
    add(live.socket)
    let lab: LabLine | null = null
    if (session !== null) {
      const events = await who.events(session)
      add(events.socket)
      const terminal = await who.terminal(session, since === null ? {} : { since })
      add(terminal.socket)
      lab = { events, terminal }
    }
    return {
      live,
      lab,
      get isLost() {
        return lost
      },
      cut,
    }
  } catch (error) {
    cut()
    throw error
  }
}
