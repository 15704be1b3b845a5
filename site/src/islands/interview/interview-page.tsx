/** The page of mock interviews: prepares one, runs the one of the address, or shows its report. */
import { useEffect, useState } from 'preact/hooks'
import type { InterviewReport, InterviewView } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import type { Problem } from '../client/http.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { ReportView } from './report-view.tsx'
import { Running } from './running.tsx'
import { SetUp } from './set-up.tsx'

export interface InterviewPageProps {
  /** Of lessons and labs, by their id. */
  titles: Record<string, string>
  /** Of topics, by their id, in the order of the course. */
  topics: Record<string, string>
}

const idOfPage = () => {
  const id = new URLSearchParams(location.search).get('id')
  return id !== null && /^[0-9a-f]{16}$/.test(id) ? id : null
}

export function InterviewPage({ titles, topics }: InterviewPageProps) {
  const [id, setId] = useState(idOfPage)
  const [view, setView] = useState<InterviewView | null>(null)
  const [report, setReport] = useState<InterviewReport | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const take = async (next: InterviewView) => {
    if (next.current === null) {
      const answer = await api.report(next.id)
      if (!answer.ok) return setProblem(answer.problem)
      setReport(answer.value)
    }
    setProblem(null)
    setView(next)
  }
  const load = async () => {
    if (id === null) return
    const answer = await api.interview(id)
    if (answer.ok) await take(answer.value)
    else setProblem(answer.problem)
  }
  useEffect(() => {
    void load()
    const onPop = () => {
      setView(null)
      setReport(null)
      setProblem(null)
      setId(idOfPage())
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [id])

  if (id === null)
    return (
      <SetUp
        topics={topics}
        onBegun={(begun) => {
          history.pushState(null, '', `/practice/interview/?id=${begun.id}`)
          setView(begun)
          setReport(null)
          setId(begun.id)
        }}
      />
    )
  if (problem?.code === 'INTERVIEW_UNKNOWN' || problem?.code === 'UNAUTHENTICATED')
    return (
      <div class="quiz-trouble">
        <p>This interview is not one of yours, or you had it forgotten.</p>
        <a class="button quiet" href="/practice/interview/">
          Prepare a new one
        </a>
      </div>
    )
  if (problem) return <ServerTrouble what="Interviews come" problem={problem} onRetry={() => void load()} />
  if (!view || view.id !== id) return <p class="fine">Looking for your interview …</p>
  if (!view.current) return report ? <ReportView report={report} titles={titles} topics={topics} /> : null
  return <Running view={view} titles={titles} topics={topics} onView={(next) => void take(next)} onReload={load} />
}
