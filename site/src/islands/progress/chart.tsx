/** Bars for the eye, and behind them the same figures as a table for everyone. Chartist draws; it comes when there is something to draw. */
import { useEffect, useRef } from 'preact/hooks'

export interface ChartProps {
  title: string
  /** One word a bar; an empty one leaves it without. */
  labels: string[]
  /** Bars on top of one another, each with its name. */
  series: { name: string; values: number[] }[]
  horizontal?: boolean
  /** Head and rows of the table. */
  head: string[]
  rows: (string | number)[][]
}

export function Chart({ title, labels, series, horizontal = false, head, rows }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let over = false
    let remove = () => {}
    void import('chartist').then(({ BarChart }) => {
      if (over || !place.current) return
      const whole = { onlyInteger: true, labelInterpolationFnc: (value: unknown) => String(value) }
      const chart = new BarChart(
        place.current,
        { labels, series: series.map((each) => each.values) },
        {
          stackBars: true,
          horizontalBars: horizontal,
          reverseData: horizontal,
          chartPadding: { top: 16, right: 28, bottom: 0, left: 0 },
          axisX: horizontal ? whole : { showGrid: false },
          axisY: horizontal ? { offset: 120, showGrid: false } : { ...whole, offset: 36 },
        },
      )
      remove = () => chart.detach()
    })
    return () => {
      over = true
      remove()
    }
  }, [labels.join('\n'), JSON.stringify(series), horizontal])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {series.length > 1 && (
        <ul class="legend" aria-hidden="true">
          {series.map(({ name }, i) => (
            <li key={name} class={`legend-${i}`}>
              {name}
            </li>
          ))}
        </ul>
      )}
      <div
        ref={place}
        class={horizontal ? 'drawing ct-horizontal-bars' : 'drawing'}
        aria-hidden="true"
        style={horizontal ? `height:${labels.length * 2.5 + 2}rem` : 'height:12rem'}
      />
      <details>
        <summary>As a table</summary>
        <div class="table" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead>
              <tr>
                {head.map((each) => (
                  <th key={each} scope="col">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...others]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {others.map((each, i) => (
                    <td key={head[i + 1]}>{each}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
