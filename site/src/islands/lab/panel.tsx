/** The frame of everything the pane says when there is no terminal: a small drawing, a heading, words. */
import type { ComponentChildren } from 'preact'
import { PanelArt, type Art } from './panel-art.tsx'

export interface PanelProps {
  title: string
  art: Art
  children: ComponentChildren
  /** Says itself to a screen reader when it appears. */
  live?: boolean
}

export function Panel({ title, art, children, live = false }: PanelProps) {
  return (
    <div class={`panel panel-${art}`} {...(live ? { role: 'status' } : {})}>
      <PanelArt art={art} />
      <h2>{title}</h2>
      {children}
    </div>
  )
}
