import Guacamole from 'guacamole-common-js'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Empty, Head, Id, Notice, Time, useName, useTitle } from '../kit/kit.tsx'
import { Failure, Loaded } from '../kit/Loaded.tsx'
import { isGone, useRecordings, useStream } from './queries.ts'
import { StateOf } from './Recordings.tsx'
import { lineOf } from './source.ts'
import { texts } from './texts.ts'
import { clock, placeAt, speeds } from './time.ts'
import './recordings.css'

export default function Player({ id }: { id: string }) {
  const said = usePhrases(texts)
  const name = useName()
  const known = useRecordings().data?.pages.flatMap(({ items }) => items).find((one) => one.id === id)
  const stream = useStream(id)
  const title = known ? said.of(name(known.person)) : said.title
  const gone = isGone(stream.error)
  useTitle(title)
  return (
    <div className="page wide">
      <Head title={title} crumbs={<Link href="/recordings">{said.back}</Link>} lede={known && <><StateOf state={known.state} /> {known.project} · <Time at={known.started} style="exact" /></>} />
      {known?.state === 'cut' && <Notice tone="amber" icon="warn">{said.cutHint}</Notice>}
      {stream.isPending && <p className="row" role="status"><Icon name="turn" className="turning" />{said.loading}</p>}
      {gone ? <Empty icon="record" title={said.gone}>{said.goneHint}</Empty> : stream.error ? <Failure problem={stream.error} /> : <Loaded from={stream}>{(blob) => <Picture blob={blob} />}</Loaded>}
      <p className="small soft">{!gone && <>{said.notes} </>}{known?.seal && <>{said.seal}: <Id of={known.seal} short={16} /></>}{!gone && ' · '}<Link href={`/log?object=${id}`}>{said.logged}</Link></p>
    </div>
  )
}

function Picture({ blob }: { blob: Blob }) {
  const said = usePhrases(texts)
  const ground = useRef<HTMLDivElement>(null)
  const recording = useRef<Guacamole.SessionRecording | null>(null)
  const [at, move] = useState(0)
  const [duration, last] = useState(0)
  const [playing, play] = useState(false)
  const [speed, hurry] = useState<number>(1)
  const [ready, load] = useState(false)

  useEffect(() => {
    const mine = new Guacamole.SessionRecording(lineOf(blob))
    const display = mine.getDisplay()
    const fit = () => display.scale(Math.min(1, (ground.current?.clientWidth ?? 1) / (display.getWidth() || 1)))
    ground.current?.replaceChildren(display.getElement())
    display.onresize = fit
    mine.onprogress = (milliseconds) => last(milliseconds)
    mine.onload = () => {
      last(mine.getDuration())
      load(true)
      mine.seek(0, fit)
    }
    mine.connect()
    recording.current = mine
    window.addEventListener('resize', fit)
    return () => {
      window.removeEventListener('resize', fit)
      mine.disconnect()
      recording.current = null
    }
  }, [blob])

  const seek = useCallback((to: number) => {
    move(to)
    recording.current?.cancel()
    recording.current?.seek(to)
  }, [])
  usePlaying(playing && ready, speed, duration, at, recording, move, () => play(false))

  return (
    <section className="card player" data-ready={ready}>
      <div className="player-ground" ref={ground} />
      <div className="player-bar">
        <Button look="primary" icon={playing ? 'stop' : 'play'} isDisabled={!ready} onPress={() => { if (!playing && at >= duration) seek(0); play(!playing) }}>{playing ? said.pause : said.play}</Button>
        <input type="range" aria-label={said.place} aria-valuetext={clock(at)} min={0} max={Math.max(1, Math.round(duration))} step={100} value={Math.round(at)} disabled={!ready} onChange={(event) => seek(Number(event.target.value))} />
        <span className="number small" data-at={Math.round(at)}>{clock(at)} / {clock(duration)}</span>
        <label className="row small"><span>{said.speed}</span><select value={speed} onChange={(event) => hurry(Number(event.target.value))}>{speeds.map((each) => <option key={each} value={each}>{each}×</option>)}</select></label>
      </div>
    </section>
  )
}

/** Moves the recording along the viewer's clock; a seek that is slower than that is waited for. */
function usePlaying(on: boolean, speed: number, duration: number, at: number, recording: { current: Guacamole.SessionRecording | null }, move: (to: number) => void, whenOver: () => void) {
  const here = useRef(at)
  here.current = at
  const over = useRef(whenOver)
  over.current = whenOver
  useEffect(() => {
    if (!on) return
    let stopped = false
    let before = performance.now()
    const step = () => {
      if (stopped) return
      const now = performance.now()
      const to = placeAt(here.current, now - before, speed, duration)
      before = now
      here.current = to
      move(to)
      if (to >= duration) return over.current()
      recording.current?.seek(to, () => requestAnimationFrame(step))
    }
    requestAnimationFrame(step)
    return () => {
      stopped = true
      recording.current?.cancel()
    }
  }, [on, speed, duration, recording, move])
}
