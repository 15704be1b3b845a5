/** How learners come in: the address, a code that can be read from the last row, and a QR code. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { formatExact } from '../lab/clock.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { copyText } from '../lab/copy-text.ts'
import { QrCode } from '../workshop/qr-code.tsx'
import { act, actOnWorkshop } from './desk-store.ts'
import { Rehearse } from './rehearse.tsx'
import { RemoveWorkshop } from './remove-workshop.tsx'
import { teachApi } from './teach-api.ts'

export function Invitation({ shop }: { shop: WorkshopView }) {
  const { code, join_url: link, code_expires_at: until } = shop
  const renew = () =>
    actOnWorkshop(teachApi.newCode(shop.id), 'Another code. The last one is worth nothing from now on.')
  if (shop.state === 'ended') return <p class="empty">This workshop is over: nobody can join it any more.</p>
  if (code === null || link === null)
    return (
      <div class="empty">
        <p>The code has expired.</p>
        <button type="button" class="solid" onClick={() => void renew()}>
          Make another
        </button>
      </div>
    )
  return (
    <section class="invitation" aria-label="How to join">
      <BigInvitation link={link} code={code} />
      <div class="row">
        <button type="button" class="quiet" onClick={({ currentTarget }) => void copyText(link, currentTarget)}>
          Copy the link
        </button>
        <ConfirmButton
          label="Another code"
          question="Whoever has the code of now cannot join with it any more; who has joined stays."
          yes="Make another"
          onConfirm={() => void renew()}
        />
        <CoInstructor id={shop.id} />
      </div>
      {until !== null && <p class="fine">{`The code works until ${formatExact(until)}.`}</p>}
      <Program shop={shop} />
      <Rehearse id={shop.id} />
    </section>
  )
}

/** Also on the projector. */
export function BigInvitation({ link, code }: { link: string; code: string }) {
  const { host } = new URL(link)
  return (
    <div class="invitation-big">
      <QrCode text={link} label="QR code of the link to join" />
      <div>
        <p class="invitation-address">
          <span>{host}</span>/join/
        </p>
        <p class="invitation-code" aria-label={`Code ${[...code].join(' ')}`}>
          {code}
        </p>
      </div>
    </div>
  )
}

function CoInstructor({ id }: { id: string }) {
  const [link, setLink] = useState<{ url: string; expires_at: number } | null>(null)
  if (!link)
    return (
      <button
        type="button"
        class="quiet"
        onClick={() => void act(teachApi.invite(id), 'A link for a colleague, shown this once.').then(setLink)}
      >
        Invite a co-instructor
      </button>
    )
  return (
    <div class="new-code co-link" role="group" aria-label="Link for a co-instructor">
      <p>Whoever opens this teaches this workshop with you. It works until {formatExact(link.expires_at)}.</p>
      <output>{link.url}</output>
      <button type="button" class="quiet" onClick={({ currentTarget }) => void copyText(link.url, currentTarget)}>
        Copy
      </button>
    </div>
  )
}

function Program({ shop }: { shop: WorkshopView }) {
  return (
    <section class="plan-summary" aria-label="What is planned">
      <h3>The plan</h3>
      <ol>
        {shop.program.map(({ id, title, tasks }) => (
          <li key={id}>
            <a href={`/${id}/`}>{title}</a>
            {tasks.length > 0 && (
              <span class="fine">{` ${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`}</span>
            )}
          </li>
        ))}
      </ol>
      <div class="row">
        <a class="button quiet" href={`/teach/new/?id=${shop.id}`}>
          Change the plan
        </a>
        <RemoveWorkshop id={shop.id} />
      </div>
      <p class="fine">
        {`Hints are ${shop.hints_open ? 'open' : 'closed'}, solutions ${shop.solutions_open ? 'open' : 'closed'}. Taught by ${shop.instructors.join(', ')}. `}
        {shop.reserved.places > 0 &&
          `${shop.reserved.places} of ${shop.reserved.of} places of this server are kept for it.`}
      </p>
    </section>
  )
}
