/** The swarm as one of its managers sees it: a row for each service, a column for each machine, and the tasks where they run. */
import type { XrayNode, XrayService, XrayTask } from '@drydock/sandbox-server/contract'
import { taskName } from './describe-swarm.ts'
import { Thing } from './thing.tsx'

/** Old tasks that are still shown in a place: the last one that failed says why. */
const moods: Record<string, string> = {
  running: 'good',
  failed: 'bad',
  rejected: 'bad',
  orphaned: 'bad',
  complete: 'idle',
  shutdown: 'idle',
  remove: 'idle',
}

export function SwarmBoard({ node }: { node: XrayNode }) {
  const { swarm } = node
  if (swarm?.role !== 'manager') return null
  const { members, services, tasks } = swarm
  return (
    <div class="swarm">
      <ul class="members">
        {members.map((member) => (
          <li key={member.id}>
            <Thing
              at={{ node: node.name, kind: 'member', id: member.id }}
              class="member"
              mood={member.state === 'ready' ? 'good' : 'bad'}
            >
              <strong>{member.name}</strong>{' '}
              <span class="of">
                {[
                  member.leader ? 'leader' : member.role,
                  member.state,
                  member.availability !== 'active' && member.availability,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </Thing>
          </li>
        ))}
      </ul>
      {services.length === 0 && <p class="empty">No service is here yet.</p>}
      {services.map((service) => (
        <Service key={service.id} node={node} service={service} tasks={tasks.filter((t) => t.service === service.id)} />
      ))}
    </div>
  )
}

function Service({ node, service, tasks }: { node: XrayNode; service: XrayService; tasks: XrayTask[] }) {
  const members = node.swarm?.members ?? []
  const wanted = tasks.filter((task) => task.wanted === 'running')
  const running = wanted.filter((task) => task.state === 'running')
  const failed = tasks.find((task) => task.problem !== '')
  const places = [
    ...members.map(({ id, name }) => ({ id, name, tasks: shown(tasks, id) })),
    { id: '', name: 'no machine yet', tasks: shown(tasks, '') },
  ].filter((place) => place.id !== '' || place.tasks.length > 0)
  return (
    <section class="service" aria-label={`Service ${service.name}`}>
      <Thing at={{ node: node.name, kind: 'service', id: service.id }} class="head">
        <strong>{service.name}</strong>{' '}
        <span class="of">
          {`${service.image}, ${running.length} of ${service.wanted ?? members.length} run`}
          {service.update && service.update.state !== 'completed' && `, update: ${service.update.state}`}
        </span>
      </Thing>
      <div class="places">
        {places.map((place) => (
          <div key={place.id} class="place">
            <p class="of">{place.name}</p>
            <ul>
              {place.tasks.map((task) => (
                <li key={task.id}>
                  <Thing
                    at={{ node: node.name, kind: 'task', id: task.id }}
                    class="task"
                    mood={task.wanted === 'running' ? (moods[task.state] ?? 'busy') : 'idle'}
                  >
                    <strong>{taskName(task, node.swarm?.services ?? [])}</strong>{' '}
                    <span class="of">{`${task.state}, ${task.image}`}</span>
                  </Thing>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {failed && <p class="problem">{`${taskName(failed, node.swarm?.services ?? [])}: ${failed.problem}`}</p>}
    </section>
  )
}

/** What is wanted on a machine, what has not ended yet, and of what has ended nothing. */
function shown(tasks: readonly XrayTask[], member: string): XrayTask[] {
  return tasks
    .filter((task) => task.member === member && (task.wanted === 'running' || !(task.state in ended)))
    .toSorted((a, b) => a.slot - b.slot || a.id.localeCompare(b.id))
}

const ended = { shutdown: 0, complete: 0, failed: 0, rejected: 0, orphaned: 0, remove: 0 }
