/** The playground's page: the same pane as a lab's, without tasks; the machines are chosen, and a link may bring files. */
import { useEffect, useState } from 'preact/hooks'
import type { LabOutline } from '../../content/labs.ts'
import { api } from '../client/api.ts'
import { leaveFrame } from '../client/framed.ts'
import { LabPane } from '../lab/lab-pane.tsx'
import { ArrivedBar } from './arrived-bar.tsx'
import { LinkQuestion } from './link-question.tsx'
import { Machines } from './machines.tsx'
import { nodes, watchAddress, type Nodes } from './play-state.ts'
import { putWhenReady } from './put-files.ts'

export interface PlayPaneProps {
  /** By number of machines: one, two, three. */
  outlines: readonly LabOutline[]
  /** Lab id to title, to name another lab that is running. */
  titles: Record<string, string>
}

export function PlayPane({ outlines, titles }: PlayPaneProps) {
  const [known, setKnown] = useState(false)
  useEffect(() => {
    leaveFrame()
    const stops = [watchAddress(), putWhenReady()]
    // One that runs is shown, whatever number of machines was chosen.
    void api.sessions().then((answer) => {
      const running = answer.ok ? answer.value.filter(({ state }) => state !== 'gone' && state !== 'failed') : []
      const at = outlines.findIndex(({ id }) => running.some(({ lab }) => lab === id))
      if (at >= 0) nodes.value = (at + 1) as Nodes
      setKnown(true)
    })
    return () => stops.forEach((stop) => stop())
  }, [])
  const outline = outlines[nodes.value - 1]
  if (!known || !outline) return <div class="lab-pane" />
  return (
    <>
      <ArrivedBar />
      <LabPane outline={outline} titles={titles} choice={<Machines />} />
      <LinkQuestion />
    </>
  )
}
