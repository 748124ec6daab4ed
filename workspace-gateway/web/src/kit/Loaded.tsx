import type { UseQueryResult } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'
import { Problem } from '../api/client.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Button, Empty, LinkButton } from './kit.tsx'
import { texts } from './texts.ts'

/** Shows what was asked for once it is there; until then its bones, or in words why it is not. */
export function Loaded<T>({ from, children, bones = 6 }: { from: UseQueryResult<T>; children: (data: T) => ReactNode; bones?: number }) {
  if (from.data !== undefined) return <>{children(from.data)}</>
  if (from.error) return <Failure problem={from.error} again={() => void from.refetch()} />
  return <Bones lines={bones} />
}

export function Bones({ lines = 6 }: { lines?: number }) {
  const said = usePhrases(texts)
  return (
    <div className="bones" role="status" aria-label={said.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <div className="bone" key={line} />
      ))}
    </div>
  )
}

export function Failure({ problem, again }: { problem: Error; again?: () => void }) {
  const said = usePhrases(texts)
  const told = problem instanceof Problem ? problem : new Problem(500, 'unknown', '')
  const retry = again && (
    <Button onPress={again} icon="turn">
      {said.again}
    </Button>
  )
  if (told.reason === 'offline') return <Empty icon="cloud" title={said.offlineTitle} act={retry}>{said.offline}</Empty>
  if (told.status === 404) return <Empty icon="search" title={said.missingTitle} act={<LinkButton to="/">{said.home}</LinkButton>}>{told.detail ?? said.missing}</Empty>
  if (told.status === 403) return <Empty icon="lock" title={told.message || said.forbiddenTitle} act={<LinkButton to="/">{said.home}</LinkButton>}>{told.detail}</Empty>
  return (
    <Empty icon="warn" title={told.message || said.brokenTitle} act={retry}>
      {told.detail ?? said.broken}
    </Empty>
  )
}

function Broken() {
  const said = usePhrases(texts)
  return (
    <div data-broken>
      <Empty icon="warn" title={said.brokenTitle} act={<Button onPress={() => location.reload()}>{said.reload}</Button>}>
        {said.broken}
      </Empty>
    </div>
  )
}

/** The last net: a page that throws says so, and the rest of the application stays. */
export class Net extends Component<{ children: ReactNode; page: string }, { failed: boolean; page: string }> {
  override state = { failed: false, page: this.props.page }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  static getDerivedStateFromProps(props: { page: string }, state: { page: string }) {
    return props.page === state.page ? null : { failed: false, page: props.page }
  }
  override render() {
    return this.state.failed ? <Broken /> : this.props.children
  }
}
