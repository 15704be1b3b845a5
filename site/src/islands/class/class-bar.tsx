/** Under the page's header while one is in a workshop: how it stands, who helps, what was said, and one's hand. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { watchClock } from '../lab/clock.ts'
import { ClassLog } from './class-log.tsx'
import { ClassTime } from './class-time.tsx'
import { help, line, markRead, member, out, outWords, raiseHand, unread } from './class-store.ts'
import { followTo, goThere, isThere } from './follow.ts'
import { HelpBar } from './help-bar.tsx'
import { NewWords } from './new-words.tsx'
import { showMark } from './show-mark.ts'
import { QuizPanel } from './quiz-panel.tsx'

export function ClassBar() {
  useEffect(watchClock, [])
  const shop = member.value
  const follow = shop?.follow ?? null
  const running = shop?.state === 'running' && shop.me.state === 'admitted'
  useEffect(() => {
    if (shop && running) followTo(follow)
  }, [shop === null, running, follow])
  const [left, setLeft] = useState(false)
  const shown = shop !== null && !left
  useEffect(() => void document.documentElement.toggleAttribute('data-class', shown && !out.value), [shown, out.value])
  useEffect(() => showMark(unread.value), [unread.value])
  if (!shown) return null
  if (out.value) return <Out onRead={() => setLeft(true)} />
  const up = shop.me.hand_at !== null
  const lookers = [...new Set(help.value.looking.map(({ name }) => name))]
  const locked =
    shop.program
      .find(({ id }) => location.pathname === `/${id}/`)
      ?.tasks.flatMap((task, i) => (task.locked ? [i + 1] : [])) ?? []
  return (
    <>
      <section class={`class-bar not-content${line.value === 'open' ? '' : ' is-lost'}`} aria-label="Workshop">
        <a class="class-name" href="/join/">
          <span class="long">{shop.title}</span>
          <span class="short">Class</span>
        </a>
        <span class={`class-state is-${shop.state}`}>
          {line.value === 'waiting' ? (
            <>
              not connected<span class="left-word">, trying again …</span>
            </>
          ) : (
            <ClassTime shop={shop} />
          )}
        </span>
        {locked.length > 0 && <span class="class-locked">{`Task ${locked.join(', ')}: not open yet`}</span>}
        <span class="class-look" role="status">
          {lookers.length > 0 && `${lookers.join(' and ')} ${lookers.length === 1 ? 'looks' : 'look'} at your terminal`}
        </span>
        <span class="class-buttons">
          {follow !== null && !isThere(follow) && (
            <button type="button" class="solid" onClick={() => goThere(follow)}>
              Go where the class is
            </button>
          )}
          <Said />
          {running && (
            <button
              type="button"
              class="quiet hand"
              aria-pressed={up}
              aria-disabled={line.value !== 'open'}
              onClick={() => raiseHand(!up)}
            >
              {up ? 'Hand is up' : 'Raise hand'}
            </button>
          )}
        </span>
      </section>
      <div class="class-news not-content">
        <HelpBar />
        <NewWords />
        <QuizPanel shop={shop.id} />
      </div>
    </>
  )
}

/** The page to join says it itself. */
function Out({ onRead }: { onRead: () => void }) {
  if (location.pathname === '/join/') return null
  return (
    <section class="class-news not-content" aria-label="Workshop">
      <div class="new-words">
        <p role="status">{`${outWords.value} A lab that you have is yours and goes on.`}</p>
        <button type="button" class="quiet" onClick={onRead}>
          Got it
        </button>
      </div>
    </section>
  )
}

/** All that was said, behind one button that says how much of it is new. */
function Said() {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const news = unread.value.length
  useEffect(() => {
    if (!open) return
    box.current?.focus()
    markRead()
    const outside = (event: PointerEvent) =>
      event.target instanceof Node && !box.current?.parentElement?.contains(event.target) && setOpen(false)
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open, news])
  return (
    <span class="class-said-menu">
      <button type="button" class="quiet" ref={opener} aria-expanded={open} onClick={() => setOpen(!open)}>
        Messages{' '}
        {news > 0 && (
          <span class="count">
            {news}
            <span class="sr-only"> new</span>
          </span>
        )}
      </button>
      {open && (
        <div
          class="class-messages"
          role="group"
          aria-label="What was said"
          tabIndex={-1}
          ref={box}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setOpen(false)
            opener.current?.focus()
          }}
        >
          <ClassLog wordsOnly />
        </div>
      )}
    </span>
  )
}
