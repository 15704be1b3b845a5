/** Updates and rollback: a copy of the learner's service is updated under load, as the learner's own would be. */
import { fail, pass, runningTasks, service, serviceTasks } from '@drydock/kit'
import type { Check, Checks, CheckContext } from '@drydock/kit'

const gate: Check = async ({ node1 }) => {
  const expected = 'two tasks of `tides`, healthy by a check of the service'
  const tides = await service(node1, 'tides')
  if (!tides) return fail({ expected, observed: 'there is no service `tides`', hint: 'command' })
  if (tides.healthcheck.length === 0 || tides.healthcheck[0] === 'NONE')
    return fail({ expected, observed: '`tides` has no health check', hint: 'none' })
  const running = await runningTasks(node1, 'tides')
  const states = await Promise.all(running.map((task) => health(node1, task.containerId)))
  const well = states.filter((state) => state === 'healthy').length
  if (well >= 2) return pass(`${well} tasks are healthy`)
  // Tasks with a check that has been replaced since say nothing of this one. Who is taken away for being unhealthy and ends in peace is
  // `complete`, without an error; whom the swarm takes away for any other reason is `shutdown`.
  const asked = tides.healthcheck.join('\n')
  const tasks = (await serviceTasks(node1, 'tides')).filter((task) => task.healthcheck.join('\n') === asked)
  if (tasks.some(({ state }) => state === 'failed' || state === 'complete'))
    return fail({ expected, observed: `${well} tasks are healthy, and others have ended`, hint: 'unhealthy' })
  const starting = tasks.filter(({ desired }) => desired === 'running' || desired === 'ready').length - well
  return fail({ expected, observed: `${well} tasks are healthy, ${starting} starting`, hint: 'starting' })
}

async function health(node: CheckContext['node1'], id: string): Promise<string> {
  const { State } = (await node.get(`/containers/${id}/json`)) as { State?: { Health?: { Status?: unknown } } }
  return String(State?.Health?.Status)
}

const back: Check = async ({ node1 }) => {
  const expected = 'an update of `tides` to tides:3 that was rolled back'
  const tides = await service(node1, 'tides')
  if (!tides) return fail({ expected, observed: 'there is no service `tides`', hint: 'command' })
  const observed = `the image is ${tides.image}, the last update: ${tides.updateState || 'none'}`
  if (tides.updateState === 'rollback_completed') {
    // A way back that was ordered leaves the former self to go forth to; one that the swarm took by itself leaves none.
    const { PreviousSpec } = (await node1.get('/services/tides')) as { PreviousSpec?: unknown }
    if (PreviousSpec) return fail({ expected, observed: `${observed}, by hand`, hint: 'paused' })
    if (tides.image === 'tides:3') return fail({ expected, observed, hint: 'former' })
    if (tides.failureAction !== 'rollback') return fail({ expected, observed, hint: 'together' })
    if ((await serviceTasks(node1, 'tides')).some((task) => task.image === 'tides:3'))
      return pass('the update to tides:3 failed and was rolled back')
    return fail({ expected, observed: `${observed}, and tides:3 was never tried`, hint: 'action' })
  }
  if (tides.updateState.includes('paused')) return fail({ expected, observed, hint: 'paused' })
  if (tides.image === 'tides:3' && tides.updateState === 'completed') return fail({ expected, observed, hint: 'blind' })
  const busy = ['updating', 'rollback_started'].includes(tides.updateState)
  return fail({ expected, observed, hint: busy ? 'wait' : 'action' })
}

interface Spec {
  Name: string
  Labels?: object
  TaskTemplate: {
    ContainerSpec: { Image: string; Healthcheck?: { StartPeriod?: number } }
    Networks?: { Target: string }[]
  }
  Mode: { Replicated?: { Replicas?: number } }
  UpdateConfig?: { Parallelism?: number; Order?: string; Monitor?: number; Delay?: number }
  EndpointSpec?: object
}

/** Prints how the update ended, and one line for each request that failed: `ID` is asked at `$url` from before it until after. */
const updateUnderLoad = `
name=$1 front=$2 conf=$3 folder=$4 network=$5
mkdir -p $folder && cat > $folder/spec.json && echo "$conf" > $folder/front.conf
curl -fsS --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d @$folder/spec.json http://engine/services/create >/dev/null || exit 1
docker run -d --name $front --network $network -p 127.0.0.1::80 -v $folder/front.conf:/etc/nginx/conf.d/default.conf:ro nginx:1.26 >/dev/null || exit 1
url=http://$(docker port $front 80/tcp | head -n 1)/
up() { [ "$(docker service ls --filter name=$name --format '{{.Replicas}}')" = "$6/$6" ]; }
until up "$@" && curl -fs -m 3 -o /dev/null $url; do [ $((i += 1)) -lt 150 ] || { echo never-up; exit 0; }; sleep 0.2; done
sleep 1
touch $folder/asking
while [ -e $folder/asking ]; do
  said=$(curl -s -m 4 -o /dev/null -w '%{http_code}' $url); echo $said >> $folder/answers
  sleep 0.05
done &
docker service update -q --detach --no-resolve-image --image tides:2 $name >/dev/null
state=
until [ $((n += 1)) -ge 300 ]; do
  state=$(docker service inspect -f '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}' $name)
  case $state in completed | *paused | rollback_completed) break ;; esac
  sleep 0.2
done
rm -f $folder/asking
wait
echo "$state $(grep -c . $folder/answers) $(grep -vc '^200$' $folder/answers)"`

const smooth: Check = async (lab) => {
  const { node1, scratch } = lab
  const expected = 'an update from tides:1 to tides:2, and an answer to each request'
  if (!(await service(node1, 'tides')))
    return fail({ expected, observed: 'there is no service `tides`', hint: 'stuck' })
  const { Spec } = (await node1.get('/services/tides')) as { Spec: Spec }
  const [name, front] = [`${scratch}tides`, `${scratch}front`]
  const network = Spec.TaskTemplate.Networks?.[0]?.Target
  if (network === undefined) return fail({ expected, observed: '`tides` is in no network', hint: 'stuck' })
  const { Healthcheck } = Spec.TaskTemplate.ContainerSpec
  // What the learner's waits cost is time, and nobody's request.
  const soon = { Interval: 1e9, StartInterval: 1e9, StartPeriod: Math.max(Healthcheck?.StartPeriod ?? 0, 10e9) }
  const copy: Spec = {
    ...Spec,
    Name: name,
    TaskTemplate: {
      ...Spec.TaskTemplate,
      ContainerSpec: {
        ...Spec.TaskTemplate.ContainerSpec,
        Image: 'tides:1',
        ...(Healthcheck ? { Healthcheck: { ...Healthcheck, ...soon } } : {}),
      },
      Networks: [{ Target: network }],
    },
    UpdateConfig: { ...Spec.UpdateConfig, Monitor: 1e9, Delay: 0 },
    EndpointSpec: { Mode: 'dnsrr' },
  }
  const conf = ((await node1.read('front.conf')) ?? '').replace('http://tides:8000', `http://${name}:8000`)
  try {
    const replicas = String(Spec.Mode.Replicated?.Replicas ?? 1)
    const ran = await node1.exec(
      ['bash', '-c', updateUnderLoad, 'update', name, front, conf, `/tmp/${scratch}update`, network, replicas],
      { stdin: JSON.stringify(copy), timeout_ms: 100_000 },
    )
    if (ran.code !== 0) return fail({ expected, observed: ran.stderr.trim().slice(-200), hint: 'stuck' })
    const [state, asked, failed] = ran.stdout.trim().split(' ')
    if (state === 'never-up') return fail({ expected, observed: 'a copy of it did not come up', hint: 'stuck' })
    const observed = `${failed ?? '?'} of ${asked ?? '?'} requests failed, the update: ${state || 'not over'}`
    if (state !== 'completed') return fail({ expected, observed, hint: 'stuck' })
    if (failed === '0') return pass(`${asked} requests during the update, and each was answered`)
    const { Parallelism = 1, Order = 'stop-first' } = Spec.UpdateConfig ?? {}
    const all = Parallelism === 0 || Parallelism >= Number(replicas)
    return fail({ expected, observed, hint: all && Order === 'stop-first' ? 'all' : 'order' })
  } finally {
    await node1.exec(['docker', 'service', 'rm', name], { timeout_ms: 15_000 })
    await node1.exec(['docker', 'rm', '-fv', front], { timeout_ms: 15_000 })
    await node1.exec(['rm', '-rf', `/tmp/${scratch}update`])
  }
}

export default { gate, back, smooth } satisfies Checks
