/** On top of a workshop's pages: its state, the time that is left, and what moves it on. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { countOf, formatLeft, now } from '../lab/clock.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { stateWords } from '../workshop/state-words.ts'
import { formatIn } from '../workshop/zoned-time.ts'
import { actOnWorkshop, learners, skew } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

export function DeskBar({ shop }: { shop: WorkshopView }) {
  const { id, state, title } = shop
  const move = (to: 'waiting' | 'running' | 'paused' | 'ended', done: string) =>
    actOnWorkshop(teachApi.move(id, to), done)
  const extend = () => actOnWorkshop(teachApi.extend(id, 15), '15 more minutes for all.')
  const here = learners.value.filter((each) => each.connected).length
  const connected = `${here} of ${countOf(learners.value.length, 'learner')} connected`
  return (
    <header class="desk-bar">
      <div class="desk-title">
        <h2>{title}</h2>
        <p class="desk-facts">
          <span class={`workshop-state is-${state}`}>{stateWords[state]}</span> <TimeLeft shop={shop} />{' '}
          <span>{learners.value.length === 0 ? 'nobody has joined yet' : connected}</span>
        </p>
      </div>
      <div class="row">
        {state === 'planned' && (
          <button type="button" class="quiet" onClick={() => void move('waiting', 'The doors are open.')}>
            Open the doors
          </button>
        )}
        {(state === 'planned' || state === 'waiting') && (
          <button
            type="button"
            class="solid"
            onClick={() => void move('running', 'Started. Learners see their labs now.')}
          >
            Start
          </button>
        )}
        {state === 'running' && (
          <button
            type="button"
            class="quiet"
            onClick={() =>
              void move('paused', 'Paused: clocks stand still, and learners read it. Their labs stay as they are.')
            }
          >
            Pause
          </button>
        )}
        {state === 'paused' && (
          <button type="button" class="solid" onClick={() => void move('running', 'It goes on.')}>
            Go on
          </button>
        )}
        {(state === 'running' || state === 'paused') && (
          <>
            <button type="button" class="quiet" onClick={() => void extend()}>
              +15 min
            </button>
            <ConfirmButton
              label="End"
              question={`The workshop is over for all, for good. ${shop.continue_days === 0 ? 'Learners keep their progress.' : `Learners keep their progress and may go on for ${countOf(shop.continue_days, 'day')}.`}`}
              yes="End the workshop"
              no="Go on"
              onConfirm={() => void move('ended', 'Over. The report is there.')}
            />
          </>
        )}
        {state !== 'ended' && (
          <a class="button quiet" href={`/teach/projector/?id=${id}`} target="_blank" rel="noopener">
            Projector
          </a>
        )}
        <a class={state === 'ended' ? 'button solid' : 'button quiet'} href={`/teach/report/?id=${id}`}>
          Report
        </a>
      </div>
    </header>
  )
}

/** Its own component, so that only these characters change each second; not read out each second. */
function TimeLeft({ shop }: { shop: WorkshopView }) {
  const at = now.value + skew.value
  if (shop.state === 'planned' || shop.state === 'waiting')
    return <span>{`${formatIn(shop.starts_at, shop.zone)} (${shop.zone})`}</span>
  if (shop.state === 'ended' || shop.ends_at === null) return null
  const left = shop.ends_at - (shop.paused_at ?? at)
  return (
    <span class={left < 10 * 60_000 ? 'soon' : ''}>
      {left > 0 ? (
        <>
          <time aria-live="off">{formatLeft(left)}</time> left
        </>
      ) : (
        'the planned time is over'
      )}
    </span>
  )
}
