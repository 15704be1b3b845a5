/** The X-ray's signals: what is known of the nodes, whether it is live, and what the person has opened. */
import type { XrayEvent } from '@drydock/sandbox-server/contract'
import { computed, signal } from '@preact/signals'
import { socketUrl } from '../client/api.ts'
import { ReconnectingSocket, type SocketState } from '../client/reconnecting-socket.ts'
import { fade, glow, keyOf, nothing, relatedTo, takeEvent, type Ref, type XrayState } from './xray-state.ts'

export const xray = signal<XrayState>(nothing)
export const line = signal<SocketState>('connecting')
/** The thing whose details are shown. */
export const opened = signal<Ref | null>(null)
/** Keys of what belongs to it. */
export const related = computed<ReadonlySet<string>>(() => {
  const ref = opened.value
  const node = ref && xray.value.nodes.find(({ name }) => name === ref.node)
  return new Set(ref && node ? relatedTo(node, ref).map(keyOf) : [])
})

/** Session that the picture is of. */
let current = ''

/** Follows the engines of this session; what was known of it stays for the next time. Returns how to stop. */
export function followXray(session: string): () => void {
  if (current !== session) {
    current = session
    xray.value = nothing
    opened.value = null
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const socket: ReconnectingSocket = new ReconnectingSocket({
    url: () => socketUrl(`/sessions/${encodeURIComponent(session)}/xray`),
    onMessage(data) {
      if (typeof data !== 'string') return
      socket.settle()
      xray.value = takeEvent(xray.value, JSON.parse(data) as XrayEvent, Date.now())
      if (xray.value.fresh.size === 0) return
      clearTimeout(timer)
      timer = setTimeout(() => (xray.value = fade(xray.value, Date.now())), glow)
    },
    onState: (state) => (line.value = state),
  })
  return () => {
    clearTimeout(timer)
    socket.close()
  }
}
