/** What stands in the way of a lab: no server, no answer, images that are not there yet, a host that cannot, a start that failed. */
import { endLab, startLab } from './lab-actions.ts'
import { loadLab } from './load-lab.ts'
import { Panel } from './panel.tsx'
import { noun } from './store.ts'

/** A playground has no text beside it. */
const meanwhile = () => (noun.value === 'lab' ? ' The lesson can be read meanwhile.' : '')

export function StaticPanel() {
  return (
    <Panel title={`Reading works here, the ${noun.value} does not`} art="trouble">
      <p>
        This is a copy of the pages without the server that runs labs. To get a real Docker Engine beside the text, run
        Drydock on a machine of your own: Debian 12 or 13, Node 20 or newer, and root or sudo. Then, in a clone of the
        project:
      </p>
      <pre tabIndex={0}>
        <code>npm start</code>
      </pre>
      <p class="fine">
        It says what it installs, touches no Docker that is already there, and prints the address to open.
      </p>
    </Panel>
  )
}

export function UnreachablePanel() {
  return (
    <Panel title="The server does not answer" art="trouble" live>
      <p>
        Your connection may be down, or the server is restarting. A lab that was running goes on without us. This page
        tries again by itself.
      </p>
      <div class="row">
        <button type="button" class="quiet" onClick={() => void loadLab()}>
          Try now
        </button>
      </div>
    </Panel>
  )
}

export function BuildingPanel({ reason }: { reason: string }) {
  return (
    <Panel title="Not quite ready" art="waiting" live>
      <p>{reason}</p>
      <p class="fine">{`This page looks again by itself.${meanwhile()}`}</p>
    </Panel>
  )
}

export function UnsupportedPanel({ reason }: { reason: string }) {
  return (
    <Panel title={`This ${noun.value} cannot run on this server`} art="trouble">
      <p>{reason}</p>
      <p class="fine">
        {noun.value === 'lab' && 'The lesson is complete without it. '}Whoever runs the server finds out more with{' '}
        <code>npm run doctor</code>.
      </p>
    </Panel>
  )
}

export function FailedPanel({ reason }: { reason: string | null }) {
  const again = async () => {
    await endLab()
    await startLab({})
  }
  return (
    <Panel title={`The ${noun.value} did not start`} art="trouble" live>
      <p>{reason ?? 'The server did not say why.'}</p>
      <p class="fine">Nothing you did caused this. Trying again helps when a machine was just short of something.</p>
      <div class="row">
        <button type="button" class="solid" onClick={() => void again()}>
          Try again
        </button>
      </div>
    </Panel>
  )
}
