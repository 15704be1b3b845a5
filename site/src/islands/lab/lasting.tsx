/** What is shown only when it lasts: what is over in a moment would flash. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

export function Lasting({ children }: { children: ComponentChildren }) {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLasts(true), 1500)
    return () => clearTimeout(timer)
  }, [])
  return lasts ? <>{children}</> : null
}
