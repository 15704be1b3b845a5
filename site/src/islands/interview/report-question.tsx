/** One question of a report: how it went in a line, and behind it the key, the explanations, and how one says it. */
import type { ReportQuestion } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import { countOf } from '../lab/clock.ts'
import { InlineCode } from '../lab/inline-code.tsx'
import { SpokenAnswer } from '../practice/spoken-answer.tsx'
import { Rubric } from '../quiz/rubric.tsx'
import { VerdictView } from '../quiz/verdict-view.tsx'

export interface ReportQuestionProps {
  asked: ReportQuestion
  interview: string
  titles: Record<string, string>
  topics: Record<string, string>
}

export function ReportQuestionView({ asked, interview, titles, topics }: ReportQuestionProps) {
  const { turn, topic, level, lesson, text, question, verdict, live, spoken } = asked
  return (
    <li>
      <details>
        <summary>
          <span class="report-text">
            <InlineCode text={text} />
          </span>
          <span class="fine">{`${topics[topic] ?? topic}, ${level}. ${describe(asked)}`}</span>
        </summary>
        {question?.show && (
          <pre class="quiz-code">
            <code>{question.show.code.trimEnd()}</code>
          </pre>
        )}
        {question && verdict && (
          <VerdictView question={question} verdict={verdict}>
            {asked.state === 'answered' && (
              <Rubric verdict={verdict} rate={(points) => api.rateInterview(interview, { turn, points })} />
            )}
          </VerdictView>
        )}
        {live && (
          <div class="verdict">
            <ul class="explained">
              {live.tasks.map(({ goal, passed }) => (
                <li key={goal} class={passed ? 'right' : ''}>
                  <p class="what">
                    <InlineCode text={goal} />
                    <span class="tag">{passed ? 'done' : 'not done'}</span>
                  </p>
                </li>
              ))}
            </ul>
            {live.debrief && (
              <p>
                <InlineCode text={`${live.debrief.cause} ${live.debrief.fix}`} />
              </p>
            )}
            <p>
              <a href={`/${live.lab}/#start`}>{`Do it again without a clock: ${live.title}`}</a>
            </p>
          </div>
        )}
        <SpokenAnswer spoken={spoken} />
        <p>
          <a href={`/${lesson}/`}>{`Where one learns it: ${titles[lesson] ?? lesson}`}</a>
        </p>
      </details>
    </li>
  )
}

function describe({ state, score, ms, verdict, live }: ReportQuestion): string {
  if (state === 'not-reached') return 'Not reached.'
  if (state === 'passed-over') return 'Passed.'
  const time = ms === null ? '' : `, ${formatTook(ms)}`
  if (score === null) return `Not rated yet: open it and tick what you said${time}.`
  if (live)
    return `${live.tasks.filter(({ passed }) => passed).length} of ${countOf(live.tasks.length, 'task')}${time}.`
  if (verdict?.rubric)
    return `${verdict.points?.length ?? 0} of ${countOf(verdict.rubric.length, 'point')} by your own count${time}.`
  return `${score === 1 ? 'Right' : 'Not right'}${time}.`
}

const formatTook = (ms: number) => (ms < 90_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`)
