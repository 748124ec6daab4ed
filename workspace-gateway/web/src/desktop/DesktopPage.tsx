import { useRef } from 'react'
import { useLocation } from 'wouter'
import { usePhrases } from '../i18n/language.tsx'
import { Failure } from '../kit/Loaded.tsx'
import { useTitle } from '../kit/kit.tsx'
import { Bar } from './Bar.tsx'
import { Cover } from './Cover.tsx'
import { useWorkspace } from './queries.ts'
import { texts } from './texts.ts'
import { useScreen } from './useScreen.ts'
import './desktop.css'

/** The whole window: the desktop, and a bar over it. */
export default function DesktopPage({ id }: { id: string }) {
  const said = usePhrases(texts)
  const workspace = useWorkspace(id)
  const ground = useRef<HTMLDivElement>(null)
  const { shown, again, paste } = useScreen(id, ground)
  const [, go] = useLocation()
  useTitle(said.title)
  if (workspace.error && !workspace.data) return <main className="desktop-failure"><Failure problem={workspace.error} again={() => void workspace.refetch()} /></main>
  return (
    <div className="desktop" data-state={shown.state === 'over' ? shown.ending : shown.state}>
      {workspace.data ? <Bar workspace={workspace.data} usable={shown.state === 'shown'} onPaste={paste} onDone={() => go('/workspaces')} /> : <header className="desktop-bar" />}
      <main className="desktop-place">
        <div ref={ground} className="desktop-ground" tabIndex={0} role="application" aria-label={said.screen} />
        <Cover workspace={id} shown={shown} again={again} />
      </main>
    </div>
  )
}
