/** The pictures of the lesson that the class is in, large. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

export function ProjectorPictures({ lesson }: { lesson: string }) {
  const [pictures, setPictures] = useState<SVGElement[]>([])
  const [at, setAt] = useState(0)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let left = false
    setPictures([])
    setAt(0)
    fetch(`/${lesson}/`)
      .then(async (answer) => {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
        if (!left) setPictures([...page.querySelectorAll<SVGElement>('.diagram .small > svg')])
      })
      // Without the pictures the rest still stands.
      .catch(() => undefined)
    return () => {
      left = true
    }
  }, [lesson])
  const picture = pictures[at]
  useLayoutEffect(() => {
    place.current?.replaceChildren(...(picture ? [document.importNode(picture, true)] : []))
  }, [picture])
  if (!picture) return null
  return (
    <section class="projector-picture" aria-label="Picture">
      <div class="diagram" ref={place} />
      {pictures.length > 1 && (
        <div class="row">
          <button type="button" class="quiet" disabled={at === 0} onClick={() => setAt(at - 1)}>
            ← Picture before
          </button>
          <span class="fine">{`${at + 1} of ${pictures.length}`}</span>
          <button type="button" class="quiet" disabled={at === pictures.length - 1} onClick={() => setAt(at + 1)}>
            Next picture →
          </button>
        </div>
      )}
    </section>
  )
}
