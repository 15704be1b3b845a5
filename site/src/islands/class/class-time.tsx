/** How a workshop stands, for its learners: in a few words. */
import type { MemberView } from '@drydock/sandbox-server/contract'
import { formatLeft, now } from '../lab/clock.ts'
import { describePause, pause } from '../workshop/class-pause.ts'
import { formatIn } from '../workshop/zoned-time.ts'
import { skew } from './class-store.ts'

export function ClassTime({ shop }: { shop: MemberView }) {
  switch (shop.state) {
    case 'planned':
    case 'waiting':
      return <>{`begins ${formatIn(shop.starts_at, Intl.DateTimeFormat().resolvedOptions().timeZone)}`}</>
    case 'paused':
      return <>{describePause(pause.value ?? { by: null })}</>
    case 'ended':
      return <>over</>
    case 'running': {
      const left = shop.ends_at === null ? 0 : shop.ends_at - skew.value - now.value
      return left > 0 ? (
        <>
          <time aria-live="off">{formatLeft(left)}</time> <span class="left-word">left</span>
        </>
      ) : (
        <>running</>
      )
    }
  }
}
