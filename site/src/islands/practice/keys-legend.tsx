/** Which keys do what on a screen with one question, for whoever has some. */

export interface KeysLegendProps {
  /** `keys`: parted by a blank when pressed together, by a dash when any of a row. */
  all: readonly { keys: string; does: string }[]
}

export const KeysLegend = ({ all }: KeysLegendProps) => (
  <p class="keys-legend fine">
    {all.map(({ keys, does }) => (
      <span key={keys}>
        {keys.split(/([ –])/).map((part, i) => (i % 2 === 0 ? <kbd key={i}>{part}</kbd> : part))} {does}
      </span>
    ))}
  </p>
)
