/** Shows what a port of a node answers, in a frame on a host name of its own, or in a tab. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { framed } from '../client/framed.ts'
import type { Problem } from '../client/http.ts'
import { copyText } from '../lab/copy-text.ts'
import { Lasting } from '../lab/lasting.tsx'
import { say } from '../lab/say.ts'
import { isPort, keyedAddress, needsTab, toPath } from './preview-address.ts'
import { Empty, NoNames, OpensInTab, OpenToAddress } from './preview-notes.tsx'

/** What a page may do in the pane: as in a tab, but not lead the whole window away. */
const allowed = 'allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads'

interface Place {
  node: string
  port: number
}

const isAt = (one: Place, other: Place) => one.node === other.node && one.port === other.port

export function PreviewPane({ session, visible }: { session: SessionView; visible: boolean }) {
  const { ports, nodes } = session
  const list = useId()
  const [chosen, setChosen] = useState<Place | null>(null)
  const [path, setPath] = useState('/')
  const [shown, setShown] = useState<{ url: string; sandboxed: boolean; times: number } | null>(null)
  const [waiting, setWaiting] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const asked = useRef(0)
  /** Of the port whose page is shown, when that was published; null: nobody published it. */
  const shownSince = useRef<number | null>(null)
  const wasVisible = useRef(false)
  const newest = ports.at(-1)
  const sinceOf = (where: Place) => ports.find((port) => isAt(port, where))?.since ?? null
  // The first port that appears is opened; after that the person chooses.
  const at: Place | null = chosen ?? (newest ? { node: newest.node, port: newest.port } : null)
  const since = at && sinceOf(at)

  const load = async (where: Place, to: string) => {
    const time = ++asked.current
    shownSince.current = sinceOf(where)
    const answer = await api.preview(session.id, { ...where, share: false })
    if (time !== asked.current) return
    setProblem(answer.ok ? null : answer.problem)
    const { url, sandboxed } = answer.ok ? answer.value : { url: '', sandboxed: false }
    setShown(answer.ok ? { url: keyedAddress(url, to), sandboxed, times: time } : null)
    setWaiting(answer.ok)
  }
  useEffect(() => {
    const opens = visible && !wasVisible.current
    wasVisible.current = visible
    if (!at || !visible || framed) return
    // What was looked at has gone, and the tab names what is there now. Not while somebody looks: it may be about to come back.
    if (opens && shownSince.current !== null && since === null && newest) return setChosen(null)
    setChosen(at)
    // Another container behind the same port, or the same one anew, has another page.
    const renewed = since !== null && since !== shownSince.current
    if (!chosen || !isAt(chosen, at) || !shown || renewed) void load(at, path)
  }, [visible, at?.node, at?.port, since])

  const go = (event: Event & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    }
    const port = Number(field('port'))
    const to = toPath(field('path'))
    if (!isPort(port)) return say({ message: 'A port is a number from 1 to 65535.' })
    const where = { node: field('node') || (nodes[0] ?? 'node1'), port }
    setChosen(where)
    setPath(to)
    void load(where, to)
  }
  const openTab = async () => {
    if (!at) return
    // Opened now, while the browser knows that a person pressed something; filled when the key is there.
    const tab = window.open('about:blank', '_blank')
    const answer = await api.preview(session.id, { ...at, share: false })
    if (!answer.ok) {
      tab?.close()
      return say(answer.problem)
    }
    if (tab) {
      tab.opener = null
      tab.location.href = keyedAddress(answer.value.url, path)
    }
  }
  const share = async (button: HTMLElement) => {
    if (!at) return
    const answer = await api.preview(session.id, { ...at, share: true })
    if (!answer.ok) return say(answer.problem)
    const link = keyedAddress(answer.value.url, path)
    const copied = await copyText(link, button)
    const who = answer.value.sandboxed ? 'Whoever has it, and all behind their network address,' : 'Whoever has it'
    say({
      message: `${copied ? 'The link is on your clipboard.' : `Your browser did not copy the link: ${link}`} ${who} can use this page until the lab ends, at most for a day.`,
    })
  }

  const inTab = shown !== null && !shown.sandboxed && needsTab(shown.url)
  return (
    <div role="tabpanel" id="panel-preview" aria-labelledby="tab-preview" class="preview" hidden={!visible}>
      <form class="address" aria-label="Address of the preview" onSubmit={go} key={`${at?.node}:${at?.port}`}>
        {nodes.length > 1 ? (
          <select name="node" aria-label="Node" value={at?.node ?? nodes[0]}>
            {nodes.map((node) => (
              <option key={node}>{node}</option>
            ))}
          </select>
        ) : (
          <input type="hidden" name="node" value={nodes[0]} />
        )}
        <label>
          <span aria-hidden="true">:</span>
          <input
            name="port"
            inputMode="numeric"
            aria-label="Port"
            list={list}
            size={5}
            maxLength={5}
            required
            defaultValue={at ? String(at.port) : ''}
            placeholder="8080"
          />
        </label>
        <datalist id={list}>
          {ports.map((port) => (
            <option key={`${port.node}:${port.port}`} value={port.port}>
              {port.container}
            </option>
          ))}
        </datalist>
        <input class="path" name="path" aria-label="Path" defaultValue={path} spellcheck={false} />
        <button type="submit" class="icon" aria-label="Load" title="Load (again)">
          ⟳
        </button>
        <button type="button" class="quiet" disabled={!at} onClick={() => void openTab()}>
          New tab
        </button>
        <button type="button" class="quiet" disabled={!at} onClick={(event) => void share(event.currentTarget)}>
          Share
        </button>
      </form>
      {(ports.length > 1 || (newest && at && !isAt(newest, at))) && (
        <p class="ports">
          Published:{' '}
          {ports.map((port) => (
            <button
              key={`${port.node}:${port.port}`}
              type="button"
              class="quiet"
              aria-pressed={at !== null && isAt(port, at)}
              title={port.container}
              onClick={() => setChosen({ node: port.node, port: port.port })}
            >
              {nodes.length > 1 ? `${port.node}:${port.port}` : `:${port.port}`}
            </button>
          ))}
        </p>
      )}
      {problem && problem.code !== 'NO_PREVIEW' && (
        <p class="bar bad" role="alert">
          {problem.message}
        </p>
      )}
      {shown?.sandboxed && <OpenToAddress />}
      {!at && <Empty />}
      {at && problem?.code === 'NO_PREVIEW' && <NoNames at={at} />}
      {at && framed && (
        <OpensInTab port={at.port} onOpen={() => void openTab()}>
          Within another site its page cannot be shown here.
        </OpensInTab>
      )}
      {at && shown && inTab && !framed && (
        <OpensInTab port={at.port} onOpen={() => void openTab()}>
          This server is reached without https, and without it browsers do not keep the key of a page in a frame.
        </OpensInTab>
      )}
      {at && shown && !inTab && !framed && waiting && (
        <Lasting key={shown.times}>
          <p class="bar calm" role="status">{`Waiting for an answer on port ${at.port} …`}</p>
        </Lasting>
      )}
      {at && shown && !inTab && !framed && (
        <iframe
          key={shown.times}
          onLoad={() => setWaiting(false)}
          title={`Preview of ${at.node}, port ${at.port}`}
          src={shown.url}
          sandbox={shown.sandboxed ? allowed : `${allowed} allow-same-origin`}
          referrerPolicy="no-referrer"
        />
      )}
    </div>
  )
}
