/** What is stored of somebody, in words and figures: one row a kind. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { countOf, formatAgo, formatBytes, formatExact } from '../lab/clock.ts'

export function Figures({ of, label }: { of: LearnerSummary; label: string }) {
  const { progress, sessions, running, answers, practice, kept_work: kept } = of
  const bytes = kept.reduce((sum, each) => sum + each.bytes, 0)
  const rows: [string, string][] = [
    [
      'Progress',
      progress.labs === 0
        ? 'none'
        : `${countOf(progress.tasks_passed, 'task')} done in ${countOf(progress.labs, 'lab')}, ${triesOf(progress.tries)}, ${countOf(progress.hints, 'hint')}`,
    ],
    [
      'Labs that were started',
      sessions.count === 0
        ? 'none'
        : `${sessions.count}, with ${countOf(sessions.deeds, 'note')} of what was done when`,
    ],
    ['Running now', running.length === 0 ? 'none' : running.join(', ')],
    ['Answers to questions', answers === 0 ? 'none' : String(answers)],
    ['Practice', practice.cards + practice.interviews === 0 ? 'none' : describe(practice)],
    ['Kept work folders', kept.length === 0 ? 'none' : `${kept.length}, ${formatBytes(bytes)} together`],
  ]
  return (
    <div class="table" tabIndex={0} role="group" aria-label={label}>
      <table class="figures">
        <tbody>
          {rows.map(([what, much]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{much}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Recovery code</th>
            <td>{of.code ? <Used {...of.code} /> : 'none'}</td>
          </tr>
          {of.account && (
            <tr>
              <th scope="row">Account</th>
              <td>{of.account.signed_in ? `joined with ${of.account.name}` : 'none'}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

function Used({ made_at, used_at }: { made_at: number; used_at: number | null }) {
  return (
    <>
      made <Time at={made_at} />,{' '}
      {used_at === null ? (
        'not used yet'
      ) : (
        <>
          last used <Time at={used_at} />
        </>
      )}
    </>
  )
}

function Time({ at }: { at: number }) {
  return <time title={formatExact(at)}>{formatAgo(at, Date.now())}</time>
}

const triesOf = (n: number) => `${n} ${n === 1 ? 'try' : 'tries'}`

const describe = ({ cards, answers, interviews }: LearnerSummary['practice']) =>
  `${countOf(cards, 'card')}, ${countOf(answers, 'answer')}, ${countOf(interviews, 'interview')}`
