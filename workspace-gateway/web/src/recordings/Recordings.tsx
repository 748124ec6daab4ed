import { Link } from 'wouter'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Chip, Empty, Head, Time, useName, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { type Recording, useRecordings } from './queries.ts'
import { texts } from './texts.ts'
import { clock } from './time.ts'

export default function Recordings() {
  const said = usePhrases(texts)
  const recordings = useRecordings()
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={said.lede} />
      <section className="card">
        <Loaded from={recordings}>
          {({ pages }) => {
            const all = pages.flatMap(({ items }) => items)
            return all.length ? <ul className="rows two">{all.map((one) => <Line key={one.id} recording={one} />)}</ul> : <Empty icon="record" title={said.none}>{said.noneHint}</Empty>
          }}
        </Loaded>
      </section>
      {recordings.hasNextPage && <Button isPending={recordings.isFetchingNextPage} onPress={() => void recordings.fetchNextPage()}>{said.more}</Button>}
    </div>
  )
}

function Line({ recording }: { recording: Recording }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const name = useName()(recording.person)
  const { started, ended, state, bytes } = recording
  const inside = (
    <>
      <span className="title">{said.of(name)} <StateOf state={state} /></span>
      <span className="under">
        <span>{recording.project}</span>
        <Time at={started} />
        {ended && <span>{said.took} {clock(Date.parse(ended) - Date.parse(started))}</span>}
        {bytes > 0 && <span>{format.bytes(bytes)}</span>}
      </span>
    </>
  )
  return <li>{state === 'running' ? <div className="line">{inside}</div> : <Link className="line" href={`/recordings/${recording.id}`}>{inside}</Link>}</li>
}

export function StateOf({ state }: { state: Recording['state'] }) {
  const said = usePhrases(texts)
  if (state === 'running') return <Chip tone="red" icon="record">{said.running}</Chip>
  return state === 'cut' ? <Chip tone="amber" icon="warn">{said.cut}</Chip> : <Chip tone="green" icon="seal">{said.sealed}</Chip>
}
