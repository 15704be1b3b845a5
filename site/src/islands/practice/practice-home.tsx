/** Practice at a glance: what is due, how to begin, the days one was here, and how much of each topic is still there. */
import { useEffect, useState } from 'preact/hooks'
import type { InterviewList, PracticeOverview } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import type { Problem } from '../client/http.ts'
import { countOf } from '../lab/clock.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { CollectChoice, CollectQuestion } from './collect-choice.tsx'
import { formatDays } from './format-days.ts'
import { PastInterviews } from './past-interviews.tsx'
import { StreakView } from './streak-view.tsx'
import { TopicTable } from './topic-table.tsx'

export function PracticeHome({ topics }: { topics: Record<string, string> }) {
  const [view, setView] = useState<PracticeOverview | null>(null)
  const [interviews, setInterviews] = useState<InterviewList | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async () => {
    const [practice, list] = await Promise.all([api.practice(), api.interviews()])
    setProblem(practice.ok ? null : practice.problem)
    if (practice.ok) setView(practice.value)
    if (list.ok) setInterviews(list.value)
  }
  useEffect(() => void load(), [])
  if (problem) return <ServerTrouble what="Cards and questions come" problem={problem} onRetry={() => void load()} />
  if (!view) return <div class="practice-cards" aria-busy="true" />
  return (
    <>
      <div class="practice-cards">
        <section class="practice-card" aria-labelledby="review">
          <h2 id="review">Review</h2>
          <p class="big-number">
            <strong>{view.due}</strong> due today
          </p>
          <p>{describeNext(view)}</p>
          <div class="row">
            {view.due > 0 && (
              <a class="button solid" href="/practice/review/">
                Review what is due
              </a>
            )}
            {view.fresh > 0 && (
              <a class={`button ${view.due > 0 ? 'quiet' : 'solid'}`} href="/practice/review/?of=new">
                New questions
              </a>
            )}
          </div>
        </section>
        <section class="practice-card" aria-labelledby="interview">
          <h2 id="interview">Mock interview</h2>
          <p class="big-number">
            <strong>15 to 60</strong> minutes
          </p>
          <p>One question a screen, broken machines among them, and a note at the end on what to do this week.</p>
          <div class="row">
            {interviews?.running ? (
              <a class="button solid" href={`/practice/interview/?id=${interviews.running}`}>
                Go on with your interview
              </a>
            ) : (
              <a class="button quiet" href="/practice/interview/">
                Prepare one
              </a>
            )}
          </div>
        </section>
      </div>
      {view.collect === null && <CollectQuestion onChosen={() => void load()} />}
      <StreakView {...view.streak} />
      <TopicTable rows={view.topics} names={topics} />
      {interviews && <PastInterviews interviews={interviews.finished} />}
      {view.collect !== null && <CollectChoice collect={view.collect} onChosen={() => void load()} />}
    </>
  )
}

function describeNext({ due, next_due, fresh }: PracticeOverview): string {
  const minutes = Math.max(1, Math.round(due * 0.75))
  if (due > 0) return `About ${countOf(minutes, 'minute')}. Each comes back when you are about to forget it.`
  if (next_due !== null)
    return `The next card comes back ${formatDays(next_due - Date.now())}. Until then, nothing is asked of you.`
  if (fresh > 0) return 'Nothing was practised yet. Five new questions are a good start.'
  return 'There are no questions here yet.'
}
