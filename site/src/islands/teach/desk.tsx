/** The page of one workshop for its instructors: how it stands, the wall, what one does with all, and one learner at a time. */
import { useEffect, useState } from 'preact/hooks'
import { watchClock } from '../lab/clock.ts'
import { DeskBar } from './desk-bar.tsx'
import { idOfPage, live, said, watchWorkshop, workshop } from './desk-store.ts'
import { DeskTrouble } from './desk-trouble.tsx'
import { HeatMap } from './heat-map.tsx'
import { HelpLog } from './help-log.tsx'
import { Invitation } from './invitation.tsx'
import { Look } from './look.tsx'
import { Together } from './together.tsx'
import { Wall } from './wall.tsx'

const views = { wall: 'Wall', map: 'Heat map', together: 'Together', join: 'Join', log: 'Log' } as const
type View = keyof typeof views

const viewOfPage = (): View | null => {
  const hash = location.hash.slice(1)
  return hash in views ? (hash as View) : null
}
const learnerOfPage = () => new URLSearchParams(location.search).get('learner')

export function Desk() {
  const [view, setView] = useState(viewOfPage)
  const [learner, setLearner] = useState(learnerOfPage)
  const [aim, setAim] = useState<'hint' | null>(null)
  useEffect(() => {
    const stops = [watchWorkshop(idOfPage()), watchClock()]
    const onMove = () => {
      setView(viewOfPage())
      setLearner(learnerOfPage())
    }
    addEventListener('popstate', onMove)
    return () => {
      stops.forEach((stop) => stop())
      removeEventListener('popstate', onMove)
    }
  }, [])
  const shop = workshop.value
  useEffect(() => {
    if (shop) document.title = `${shop.title} | Drydock`
  }, [shop?.title])
  const open = (id: string | null, aim?: 'hint') => {
    setAim(aim ?? null)
    const query = new URLSearchParams({ id: idOfPage(), ...(id === null ? {} : { learner: id }) })
    history.pushState(null, '', `?${query.toString()}${location.hash}`)
    setLearner(id)
  }

  if (!shop) return <DeskTrouble />
  const shown = view ?? (shop.state === 'planned' || shop.state === 'waiting' ? 'join' : 'wall')
  return (
    <div class="desk" data-live={live.value.state}>
      <DeskBar shop={shop} />
      {live.value.state === 'waiting' && (
        <p class="bar warn" role="status">
          Connection lost: what stands here is from before. The class goes on; this page reconnects by itself.
        </p>
      )}
      <p role="status" class={said.value.text === '' ? 'said' : `said ${said.value.bad ? 'is-bad' : 'is-good'}`}>
        {said.value.text}
      </p>
      {learner !== null ? (
        <Look id={learner} aim={aim} onClose={() => open(null)} onOpen={open} />
      ) : (
        <>
          <nav class="desk-views" aria-label="Views of this workshop">
            {(Object.keys(views) as View[]).map((each) => (
              <a
                key={each}
                href={`#${each}`}
                aria-current={each === shown ? 'page' : undefined}
                onClick={(event) => {
                  event.preventDefault()
                  history.replaceState(null, '', `#${each}`)
                  setView(each)
                }}
              >
                {views[each]}
              </a>
            ))}
          </nav>
          {shown === 'wall' && <Wall onOpen={open} />}
          {shown === 'map' && <HeatMap onOpen={open} />}
          {shown === 'together' && <Together shop={shop} />}
          {shown === 'join' && <Invitation shop={shop} />}
          {shown === 'log' && <HelpLog />}
        </>
      )}
    </div>
  )
}
