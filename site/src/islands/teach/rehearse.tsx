/** Rehearsal: the real number of labs for two minutes, and whether this machine will hold. */
import type { Rehearsal } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { formatBytes, now } from '../lab/clock.ts'
import { act, skew, tell } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

const often = 2000

export function Rehearse({ id }: { id: string }) {
  const [last, setLast] = useState<Rehearsal | null>(null)
  const clearing = last?.state === 'clearing'
  const running = last?.state === 'running' || clearing
  useEffect(() => {
    // What was begun meanwhile is newer.
    void teachApi.rehearsal(id).then((answer) => answer.ok && setLast((begun) => begun ?? answer.value ?? null))
  }, [id])
  useEffect(() => {
    if (!running) return
    let over = false
    const timer = setInterval(() => {
      void teachApi.rehearsal(id).then((answer) => {
        // Asked before it was over, answered after.
        if (!answer.ok || over) return
        setLast(answer.value ?? null)
        if (!answer.value) tell('The server was started anew, and the rehearsal ended with it. Rehearse again.')
      })
    }, often)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [id, running])
  const begin = () => void act(teachApi.rehearse(id), '').then((next) => next && setLast(next))
  const end = async () => {
    await act(teachApi.endRehearsal(id), 'The rehearsal is over.')
    const answer = await teachApi.rehearsal(id)
    if (answer.ok) setLast(answer.value ?? null)
  }
  return (
    <section class="rehearse" aria-labelledby="rehearse-title">
      <h3 id="rehearse-title">Rehearse</h3>
      <p class="fine">
        Starts the real number of labs for two minutes and says whether this machine will hold. Best the evening before:
        it takes what learners would take.
      </p>
      {last && <RehearsalFigures last={last} />}
      <div class="row">
        {clearing ? (
          <p class="fine" role="status">
            Its labs are being removed. Then this machine is as free as before.
          </p>
        ) : running ? (
          <button type="button" class="quiet" onClick={() => void end()}>
            Stop it
          </button>
        ) : (
          <button type="button" class="quiet" onClick={begin}>
            {last ? 'Rehearse again' : 'Rehearse now'}
          </button>
        )}
      </div>
    </section>
  )
}

function RehearsalFigures({ last }: { last: Rehearsal }) {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  const rows: [string, string | null][] = [
    ['Labs started', `${last.started} of ${last.wanted}${last.failed > 0 ? `, ${last.failed} could not` : ''}`],
    ['Half of the class has its prompt after', last.half_ms === null ? null : seconds(last.half_ms)],
    ['All have it after', last.all_ms === null ? null : seconds(last.all_ms)],
    ['A start by itself, 95 of 100', last.start_p95_ms === null ? null : seconds(last.start_p95_ms)],
    ['A command in every lab at once', last.command_p95_ms === null ? null : seconds(last.command_p95_ms)],
    ['Memory', last.memory === null ? null : formatBytes(last.memory)],
    ['Room for more labs', last.room === null ? null : String(last.room)],
  ]
  return (
    <div role="status">
      {last.state === 'running' && (
        <p>{`Running for ${Math.max(0, Math.round((now.value + skew.value - last.began_at) / 1000))} s …`}</p>
      )}
      {last.says && (
        <p class={last.holds === null ? 'said' : last.holds ? 'said is-good' : 'said is-bad'}>{last.says}</p>
      )}
      <table class="figures">
        <tbody>
          {rows.map(([what, much]) =>
            much === null ? null : (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{much}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
