/** Points a learner at one line of the lesson: it is marked on their page. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { Dialog } from '../terminal/dialog.tsx'
import { listLines, textOf } from '../workshop/lesson-lines.ts'
import { act } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

interface ShowProps {
  shop: WorkshopView
  member: string
  name: string
  lab: string
}

export function ShowLine({ shop, member, name, lab }: ShowProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        Show a line of the lesson
      </button>
      {open && (
        <Dialog title={`What shall ${name} see?`} onClose={() => setOpen(false)}>
          <LineList
            lab={lab}
            onChoose={(block, text) => {
              setOpen(false)
              const place = `/${lab}/`
              void act(teachApi.highlight(shop.id, member, { place, block, text }), `Marked on ${name}’s page.`)
            }}
          />
        </Dialog>
      )}
    </>
  )
}

function LineList({ lab, onChoose }: { lab: string; onChoose: (block: number, text: string) => void }) {
  const [lines, setLines] = useState<string[] | null>(null)
  const [failed, setFailed] = useState(false)
  const [search, setSearch] = useState('')
  useEffect(() => {
    fetch(`/${lab}/`)
      .then(async (answer) => {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
        setLines(listLines(page).map(textOf))
      })
      .catch(() => setFailed(true))
  }, [lab])
  if (failed)
    return <p role="alert">The lesson could not be read. Your connection may be down; close this and try again.</p>
  if (!lines) return <p>Reading the lesson …</p>
  const words = search.trim().toLowerCase()
  return (
    <div class="show-line">
      <input
        type="search"
        aria-label="Find a line"
        placeholder="Find a line"
        value={search}
        onInput={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <ol>
        {lines.map(
          (text, block) =>
            text.toLowerCase().includes(words) && (
              <li key={block}>
                <button type="button" onClick={() => onChoose(block, text)}>
                  {text}
                </button>
              </li>
            ),
        )}
      </ol>
    </div>
  )
}
