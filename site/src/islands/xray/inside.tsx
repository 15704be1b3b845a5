/** Inside a running container, while its details are open: gauges of its limits, its processes, and which namespaces are its own. */
import type { XrayInside, XrayNode } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { session } from '../lab/store.ts'
import { readGauges } from './gauges.ts'
import { noteUse, type Use } from './timeline.ts'
import { TimelineChart } from './timeline-chart.tsx'
import { keyOf, type Ref } from './xray-state.ts'

/** Milliseconds between two looks. */
const pace = 2000
/** What was seen of containers whose details were open, the last ones opened, as long as the page is there. */
const seen = new Map<string, Use[]>()
const mostSeen = 20

export function Inside({ node, at }: { node: XrayNode; at: Ref }) {
  const container = node.containers.find(({ id }) => id === at.id)
  const runs = (container?.pid ?? 0) > 0 && node.engine === 'up'
  const [looks, setLooks] = useState<{ before: XrayInside | null; now: XrayInside } | null>(null)
  useEffect(() => {
    setLooks(null)
    const id = session.value?.id
    if (!runs || id === undefined) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      // Behind another tab of the browser nobody sees it.
      if (document.visibilityState === 'visible') {
        const answer = await api.inside(id, at.node, at.id)
        if (over) return
        if (answer.ok) {
          if (answer.value.use) remember(at, answer.value.use)
          setLooks((last) => ({ before: last?.now ?? null, now: answer.value }))
        }
      }
      timer = setTimeout(() => void look(), pace)
    }
    void look()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [at.node, at.id, container?.pid, runs])
  if (!container) return null
  const uses = seen.get(keyOf(at)) ?? []
  const chart = <TimelineChart container={container} node={at.node} uses={uses} />
  // It has ended: what was seen of it still tells why.
  if (!looks?.now.use) return chart
  const { now, before } = looks
  return (
    <>
      <h4>What it uses now</h4>
      <dl>
        {now.use &&
          readGauges(container, now.use, before?.use ?? null).map(({ what, text, share }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                {text}
                {share !== null && (
                  <meter aria-label={`${what} of its limit`} min={0} max={1} high={0.9} optimum={0} value={share} />
                )}
              </dd>
            </div>
          ))}
      </dl>
      {chart}
      <Namespaces list={now.namespaces} node={at.node} />
      {now.processes.length > 0 && (
        <>
          <h4>Processes, by their PID on the node</h4>
          <ul class="processes">
            {now.processes.map(({ pid, user, command }) => (
              <li key={pid}>
                <code>{pid}</code> <span class="of">{user}</span> <code>{command}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function remember(at: Ref, use: Use): void {
  const key = keyOf(at)
  const uses = noteUse(seen.get(key) ?? [], use)
  seen.delete(key)
  seen.set(key, uses)
  const [oldest] = seen.keys()
  if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest)
}

function Namespaces({ list, node }: { list: XrayInside['namespaces']; node: string }) {
  if (list.length === 0) return null
  return (
    <>
      <h4>Namespaces</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">kind</th>
            <th scope="col">{node}</th>
            <th scope="col">container</th>
          </tr>
        </thead>
        <tbody>
          {list.map((each) => {
            const own = each.node !== each.container
            return (
              <tr key={each.kind}>
                <th scope="row">{each.kind}</th>
                <td>{each.node}</td>
                <td>{own ? each.container : 'the same'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
