/** Typing in somebody's terminal: only with their consent, and both see whose keys they are. */
import type { WallLearner } from '@drydock/sandbox-server/contract'
import { act } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

interface WishProps {
  shop: string
  learner: WallLearner
  /** There is a terminal. */
  able: boolean
}

export function TypingWish({ shop, learner: { id, name, consent, typist, looking }, able }: WishProps) {
  if (!able) return null
  const others = looking.length > 1 ? ` ${looking.join(' and ')} look.` : ''
  return (
    <div class={consent === 'given' ? 'typing-wish is-given' : 'typing-wish'}>
      <p role="status">
        {consent === 'given'
          ? `${name} agreed: your keys go into this terminal.`
          : consent === 'asked'
            ? `Asked ${name} whether you may type …`
            : `You see it live and cannot change it. ${name} sees that you look.`}
        {typist !== null && ` ${typist} types.`}
        {others}
      </p>
      {consent === 'none' ? (
        <button type="button" class="quiet" onClick={() => void act(teachApi.askToType(shop, id), '')}>
          Ask to type
        </button>
      ) : (
        <button type="button" class="quiet" onClick={() => void act(teachApi.giveBack(shop, id), '')}>
          {consent === 'given' ? 'Give it back' : 'Never mind'}
        </button>
      )}
    </div>
  )
}
