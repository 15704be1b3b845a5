/** Inside: the waiting room while nothing has begun, then the labs of the class in their order with how far one is. */
import type { MemberView, ProgressView } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { countOf, formatDay } from '../lab/clock.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { classApi } from './class-api.ts'
import { describePause, pause } from '../workshop/class-pause.ts'
import { ClassLog } from './class-log.tsx'
import { markRead, unread } from './class-store.ts'

interface RoomProps {
  shop: MemberView
  onLeave: () => void
}

export function ClassRoom({ shop, onLeave }: RoomProps) {
  const { title, state, me, instructors } = shop
  const waits = me.state === 'waiting' || state === 'planned' || state === 'waiting'
  useEffect(() => {
    document.title = `${title} | Drydock`
  }, [title])
  // What was said is on this page itself.
  useEffect(markRead, [unread.value.length])
  const leave = async () => {
    await classApi.leave(shop.id)
    onLeave()
  }
  return (
    <div class="class-room">
      <header>
        <h2>{title}</h2>
        <p class="fine">
          {`With ${instructors.join(' and ')}. You are `}
          <bdi>{me.name}</bdi>.
        </p>
      </header>
      {waits ? <WaitingRoom shop={shop} /> : <Plan shop={shop} />}
      {state === 'ended' && <Over shop={shop} />}
      <section class="class-said" aria-labelledby="class-said">
        <h3 id="class-said">What was said</h3>
        <div role="log">
          <ClassLog />
        </div>
      </section>
      <section class="class-more" aria-labelledby="class-more">
        <h3 id="class-more">You and this class</h3>
        <p>
          On another device: <a href="/progress/#devices">make a recovery code here</a>, enter it there, and you are in
          this class there as well, where you were.
        </p>
        {state !== 'ended' && (
          <ConfirmButton
            label="Leave the workshop"
            question="Your tile goes from the instructor’s wall. Your labs and your progress stay yours."
            yes="Leave"
            onConfirm={() => void leave()}
          />
        )}
        {state === 'ended' && (
          <button type="button" class="quiet" onClick={onLeave}>
            Join another workshop
          </button>
        )}
      </section>
    </div>
  )
}

function describeWait({ me, state, door, size }: MemberView): string {
  const begun = state !== 'planned' && state !== 'waiting'
  if (me.state === 'waiting' && door === 'ask')
    return `${begun ? 'The class has begun. ' : ''}Your instructor sees that you are at the door and lets you in; this page goes on by itself.`
  if (begun)
    return `The class has begun, and all ${size} places are taken. Your instructor sees you and can let you in; this page goes on by itself.`
  return 'You are in. It begins in a moment; this page goes on by itself.'
}

function WaitingRoom({ shop }: { shop: MemberView }) {
  return (
    <div class="waiting-room" role="status">
      <p class="lead">{describeWait(shop)}</p>
      <p>
        Until then: a word on terminals. You will type into a real one. Copy with <kbd>Ctrl</kbd> <kbd>Shift</kbd>{' '}
        <kbd>C</kbd>, and <kbd>Esc</kbd> <kbd>Esc</kbd> leaves it.
      </p>
    </div>
  )
}

function Plan({ shop: { program, state } }: { shop: MemberView }) {
  const [progress, setProgress] = useState<ProgressView | null>(null)
  useEffect(() => {
    const load = () => void api.progress().then((answer) => answer.ok && setProgress(answer.value))
    load()
    addEventListener('focus', load)
    return () => removeEventListener('focus', load)
  }, [])
  const passedOf = (lab: string) => progress?.labs[lab]?.passed ?? {}
  const openOf = (lab: (typeof program)[number]) => lab.tasks.filter(({ id }) => passedOf(lab.id)[id] === undefined)
  const next = progress ? program.find((lab) => lab.tasks.length > 0 && openOf(lab).length > 0) : undefined
  return (
    <section aria-labelledby="class-plan">
      <h3 id="class-plan">The plan</h3>
      {state === 'paused' && (
        <p role="status">{`${describePause(pause.value ?? { by: null })}. Clocks stand still, and your labs stay as they are.`}</p>
      )}
      <ol class="class-plan">
        {program.map((lab) => {
          const done = lab.tasks.length - openOf(lab).length
          const locked = lab.tasks.filter((task) => task.locked).length
          return (
            <li key={lab.id} class={lab.tasks.length > 0 && done === lab.tasks.length ? 'is-done' : undefined}>
              <a href={`/${lab.id}/`}>{lab.title}</a>
              <span class="fine">
                {lab.tasks.length === 0 ? 'to read' : `${done} of ${countOf(lab.tasks.length, 'task')} done`}
                {locked > 0 && `, ${locked} not open yet`}
              </span>
              {lab.id === next?.id && (
                <a class="button solid" href={`/${lab.id}/`}>
                  {done === 0 ? 'Begin' : 'Go on'}
                </a>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Over({ shop: { continue_days, removed_at } }: { shop: MemberView }) {
  return (
    <p class="said is-good" role="status">
      {'The workshop is over. Your progress stays yours. '}
      {continue_days > 0 && removed_at !== null
        ? `You may go on with these labs until ${formatDay(removed_at)}.`
        : 'The course goes on without a class, too.'}
    </p>
  )
}
