/** The lab beside the text: tasks on top, the terminals or what stands in their way, and what one can do with the lab below. */
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { LabOutline } from '../../content/labs.ts'
import { installTestHook } from '../terminal/active-terminal.ts'
import { AccessPanel } from './access-panel.tsx'
import { EndedPanel } from './ended-panel.tsx'
import { openLab } from './lab-actions.ts'
import { ConflictPanel, OfferPanel } from './offer-panel.tsx'
import { showPageState } from './page-state.ts'
import { ReadyPanel } from './ready-panel.tsx'
import { listenToCodeBlocks } from './code-blocks.ts'
import { watchVisible } from './live.ts'
import { notice, pane } from './store.ts'
import { TaskAnnouncer } from './task-announcer.tsx'
import { TaskStrip } from './task-strip.tsx'
import { BuildingPanel, FailedPanel, StaticPanel, UnreachablePanel, UnsupportedPanel } from './trouble-panels.tsx'
import { QueueingPanel, StartingPanel, StoppingPanel } from './waiting-panels.tsx'

export interface LabPaneProps {
  outline: LabOutline
  /** Lab id to title, to name another lab that is running. */
  titles: Record<string, string>
  /** The lesson after this one. */
  next?: { title: string; href: string } | undefined
  /** What is to be decided before it starts. */
  choice?: ComponentChildren
}

export function LabPane({ outline, titles, next, choice }: LabPaneProps) {
  useEffect(() => {
    installTestHook()
    const stops = [openLab(outline.id), showPageState(), listenToCodeBlocks(), watchVisible()]
    return () => stops.forEach((stop) => stop())
  }, [outline.id])
  return (
    <div class="lab-pane" data-pane={pane.value.name}>
      {outline.tasks.length > 0 && <TaskStrip tasks={outline.tasks} next={next} />}
      <div class="lab-body">
        <Body outline={outline} titles={titles} choice={choice} />
      </div>
      <TaskAnnouncer tasks={outline.tasks} />
      <p class="notice" role="status" hidden={notice.value === null}>
        {notice.value}
      </p>
    </div>
  )
}

function Body({ outline, titles, choice }: LabPaneProps) {
  const state = pane.value
  switch (state.name) {
    case 'asking':
      return <OfferPanel outline={outline} kept={null} problem={null} asking choice={choice} />
    case 'offer':
      return <OfferPanel outline={outline} kept={state.kept} problem={state.problem} asking={false} choice={choice} />
    case 'conflict':
      return <ConflictPanel conflict={state.conflict} title={titles[state.conflict.lab] ?? state.conflict.lab} />
    case 'access':
      return <AccessPanel wrong={state.wrong} />
    case 'static':
      return <StaticPanel />
    case 'unreachable':
      return <UnreachablePanel />
    case 'building':
      return <BuildingPanel reason={state.reason} />
    case 'unsupported':
      return <UnsupportedPanel reason={state.reason} />
    case 'queueing':
      return <QueueingPanel place={state.place} latest={state.latest} />
    case 'starting':
      return <StartingPanel progress={state.progress} />
    case 'stopping':
      return <StoppingPanel folder={outline.folder} />
    case 'ended':
      return <EndedPanel reason={state.reason} kept={state.kept} folder={outline.folder} />
    case 'failed':
      return <FailedPanel reason={state.reason} />
    case 'ready':
      return <ReadyPanel session={state.session} folder={outline.folder} tasks={outline.tasks} />
  }
}
