/** A learner's page of a workshop: the code and a name, the waiting room, then the labs in the order of the class. */
import type { MemberView } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../client/http.ts'
import { watchClock } from '../lab/clock.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { classApi } from './class-api.ts'
import { member, out, outWords } from './class-store.ts'
import { ClassRoom } from './class-room.tsx'
import { JoinForm } from './join-form.tsx'
import { myClass, rememberClass } from './my-class.ts'
import { startClass, stopClass } from './start-class.ts'

/** `/join/#K7M-4QX`. */
const codeOfPage = () => location.hash.slice(1).replaceAll(/%../g, ' ').trim()

export function JoinPage() {
  const [asked, setAsked] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [code, setCode] = useState(codeOfPage)
  const load = async () => {
    const answer = await classApi.mine()
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setAsked(true)
    // A code in the address is of the workshop one wants to be in now.
    if (codeOfPage() !== '') return
    const found = answer.value.find((each) => each.id === myClass()) ?? answer.value[0]
    if (found && found.me.state !== 'removed') enter(found)
  }
  const enter = (shop: MemberView) => {
    member.value = shop
    rememberClass(shop.id)
    if (location.hash !== '') history.replaceState(null, '', location.pathname)
    setCode('')
    startClass(shop.id)
  }
  useEffect(() => {
    void load()
    const stop = watchClock()
    const onHash = () => {
      member.value = null
      setCode(codeOfPage())
    }
    addEventListener('hashchange', onHash)
    return () => {
      stop()
      removeEventListener('hashchange', onHash)
    }
  }, [])
  const another = () => {
    member.value = null
    out.value = false
    rememberClass(null)
    stopClass()
  }
  if (problem) return <ServerTrouble what="Workshops come" problem={problem} onRetry={() => void load()} />
  if (!asked) return <p class="fine">Asking the server …</p>
  if (out.value)
    return (
      <div class="empty">
        <p>{`${outWords.value} What you did in your labs is yours, and in your progress.`}</p>
        <button type="button" class="quiet" onClick={another}>
          Join with a code
        </button>
      </div>
    )
  if (member.value) return <ClassRoom shop={member.value} onLeave={another} />
  return <JoinForm code={code} onIn={enter} />
}
