/** A dry dock in one line, drawn for each state: the gate, the water, the hull. */
export type Art = 'offer' | 'conflict' | 'waiting' | 'ended' | 'trouble'

const dock = 'M2 10h10l4 6h4l4 8h4l3 8h58l3-8h4l4-8h4l4-6h10'
const hull = 'M36 17h48l-6 12H44z'
const boxes = 'M48 17v-6h7v6M56 17v-6h7v6M64 17v-6h7v6M56 11V5h7v6'

export function PanelArt({ art }: { art: Art }) {
  return (
    <svg class="art" viewBox="0 0 120 36" aria-hidden="true">
      {art === 'waiting' && <path class="water" d="M22 22q6 -3 12 0t12 0t12 0t12 0t12 0t12 0" />}
      {art === 'trouble' && <path class="gate" d="M60 6v12M60 24h.01" />}
      {art === 'conflict' && <path class="hull faint" d={hull} transform="translate(-26 -8)" />}
      <path class="dock" d={dock} />
      {art !== 'trouble' && art !== 'ended' && <path class="hull" d={hull} />}
      {(art === 'offer' || art === 'conflict') && <path class="boxes" d={boxes} />}
      {art === 'ended' && <path class="boxes" d="M53 31v-6h7v6M61 31v-6h7v6" />}
    </svg>
  )
}
