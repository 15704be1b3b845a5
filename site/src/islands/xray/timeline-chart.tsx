/** Memory and throttling of a container over the last minutes, with marks where the kernel ended a process; the same as a table behind it. */
import type { XrayContainer } from '@drydock/sandbox-server/contract'
import { countOf } from '../lab/clock.ts'
import { inMiB } from './gauges.ts'
import { linePath, place, readTimeline, type Moment, type Timeline, type Use } from './timeline.ts'
import { xray } from './xray-store.ts'

const size = { width: 300, height: 56 }
const time = (at: number) => new Date(at).toLocaleTimeString()
const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`)

export function TimelineChart({
  container,
  node,
  uses,
}: {
  container: XrayContainer
  node: string
  uses: readonly Use[]
}) {
  const line = readTimeline(uses, container, xray.value.happenings, node)
  if (!line) return null
  const { memory, cpus } = container.limits
  const last = container.pid > 0 ? 'now' : 'at last'
  const held = line.moments.findLast((moment) => moment.held !== null)?.held ?? null
  return (
    <>
      <h4>{`The last ${countOf(Math.max(1, Math.round((line.to - line.from) / 60_000)), 'minute')}`}</h4>
      <Plot
        line={line}
        name="Memory"
        top={memory === null ? '' : `limit ${inMiB(memory)}`}
        value={(m) => m.memory / line.top}
      >
        {`${last} ${inMiB(line.moments.at(-1)?.memory ?? 0)}, most ${inMiB(Math.max(...line.moments.map((m) => m.memory)))}`}
      </Plot>
      {cpus !== null && (
        <Plot line={line} name="Held back at the CPU limit" top="all of the time" value={(m) => m.held}>
          {`${last} ${percent(held)} of its periods`}
        </Plot>
      )}
      {line.ooms.length > 0 && (
        <p class="ooms">{`Out of memory at ${line.ooms.map(time).join(', ')}: the kernel ended a process in it.`}</p>
      )}
      <Numbers line={line} throttled={cpus !== null} />
    </>
  )
}

interface PlotProps {
  line: Timeline
  name: string
  /** What the upper edge stands for. */
  top: string
  value: (moment: Moment) => number | null
  children: string
}

function Plot({ line, name, top, value, children }: PlotProps) {
  const path = linePath(line, value, size)
  return (
    <figure class="plot">
      <figcaption>
        <span>{name}</span> <span class="of">{children}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${children}${line.ooms.length > 0 ? `; out of memory ${countOf(line.ooms.length, 'time')}` : ''}`}
      >
        <path class="line" d={path} />
        {line.ooms.map((at) => {
          const x = place(at, line, size.width)
          return <path key={at} class="oom" d={`M${x} 0V${size.height}`} />
        })}
      </svg>
      <p class="edges" aria-hidden="true">
        <span>{time(line.from)}</span>
        <span>{top}</span>
        <span>{time(line.to)}</span>
      </p>
    </figure>
  )
}

function Numbers({ line, throttled }: { line: Timeline; throttled: boolean }) {
  const rows = [
    ...line.moments.map((moment) => ({ at: moment.at, memory: inMiB(moment.memory), held: percent(moment.held) })),
    ...line.ooms.map((at) => ({ at, memory: 'out of memory', held: '' })),
  ].toSorted((a, b) => b.at - a.at)
  return (
    <details>
      <summary>As a table</summary>
      <div class="numbers" tabIndex={0} role="region" aria-label="Use over time">
        <table>
          <thead>
            <tr>
              <th scope="col">time</th>
              <th scope="col">memory</th>
              {throttled && <th scope="col">held back</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, memory, held }) => (
              <tr key={`${at} ${memory}`}>
                <th scope="row">{time(at)}</th>
                <td>{memory}</td>
                {throttled && <td>{held}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
