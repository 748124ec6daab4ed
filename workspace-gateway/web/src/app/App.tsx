import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { RouterProvider } from 'react-aria-components'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useSession } from '../api/session.ts'
import { useSpoken } from '../i18n/language.tsx'
import { Bones, Failure, Net } from '../kit/Loaded.tsx'
import { Missing } from './Missing.tsx'
import { Shell } from './Shell.tsx'

const SignIn = lazy(() => import('../signin/SignIn.tsx'))
const AccountPage = lazy(() => import('../account/AccountPage.tsx'))
const Shown = lazy(() => import('../account/Shown.tsx'))
const InvitationPage = lazy(() => import('../people/InvitationPage.tsx'))
const People = lazy(() => import('../people/People.tsx'))
const Home = lazy(() => import('../home/Home.tsx'))
const Projects = lazy(() => import('../projects/Projects.tsx'))
const ProjectPage = lazy(() => import('../projects/ProjectPage.tsx'))
const SqlPage = lazy(() => import('../sql/SqlPage.tsx'))
const SqlDoor = lazy(() => import('../sql/SqlDoor.tsx'))
const NotebooksPage = lazy(() => import('../notebooks/NotebooksPage.tsx'))
const NotebooksDoor = lazy(() => import('../notebooks/NotebooksDoor.tsx'))
const Outputs = lazy(() => import('../outputs/Outputs.tsx'))
const OutputPage = lazy(() => import('../outputs/OutputPage.tsx'))
const Queue = lazy(() => import('../review/Queue.tsx'))
const ReviewPage = lazy(() => import('../review/ReviewPage.tsx'))
const Workspaces = lazy(() => import('../workspaces/Workspaces.tsx'))
const Inputs = lazy(() => import('../ingress/Inputs.tsx'))
const InputPage = lazy(() => import('../ingress/InputPage.tsx'))
const Alerts = lazy(() => import('../alerts/Alerts.tsx'))
const UsagePage = lazy(() => import('../usage/UsagePage.tsx'))
const LifePage = lazy(() => import('../log/LifePage.tsx'))
const Log = lazy(() => import('../log/Log.tsx'))
const Sessions = lazy(() => import('../log/Sessions.tsx'))
const DesktopPage = lazy(() => import('../desktop/DesktopPage.tsx'))
const Recordings = lazy(() => import('../recordings/Recordings.tsx'))
const Player = lazy(() => import('../recordings/Player.tsx'))
const Catalogue = lazy(() => import('../catalogue/Catalogue.tsx'))
const DatasetPage = lazy(() => import('../catalogue/DatasetPage.tsx'))
const Register = lazy(() => import('../catalogue/Register.tsx'))
const Applications = lazy(() => import('../applications/Applications.tsx'))
const Apply = lazy(() => import('../applications/Apply.tsx'))
const ApplicationPage = lazy(() => import('../applications/ApplicationPage.tsx'))

export function App() {
  const session = useSession()
  const [path, go] = useLocation()
  const wasSignedIn = useRef(false)
  if (session.data) wasSignedIn.current = true
  useRefetchOnLanguage()

  if (session.isPending && !session.error) return <Bones lines={4} />
  if (session.error && session.data === undefined) return <Failure problem={session.error} again={() => void session.refetch()} />

  const next = `${path}${location.search}`
  const door = `/signin?next=${encodeURIComponent(next)}${wasSignedIn.current ? '&ended=1' : ''}`
  const enrolling = session.data?.assurance === 'enrolling'
  const inside = (page: ReactNode) => (!session.data ? <Redirect to={door} replace /> : enrolling && path !== '/account' ? <Redirect to="/account" replace /> : page)

  const desktop = session.data && !enrolling && /^\/workspaces\/([^/]+)$/.exec(path)
  if (desktop) {
    return (
      <RouterProvider navigate={go}>
        <Net page={path}><Suspense fallback={<Bones lines={5} />}><DesktopPage key={desktop[1]} id={desktop[1]!} /></Suspense></Net>
      </RouterProvider>
    )
  }

  return (
    <RouterProvider navigate={go}>
      <Shell session={session.data ?? null} onLeave={() => { wasSignedIn.current = false }}>
        <Net page={path}>
          <Suspense fallback={<Bones lines={5} />}>
            <Switch>
              <Route path="/signin"><SignIn /></Route>
              <Route path="/catalogue"><Catalogue /></Route>
              <Route path="/catalogue/:dataset">{({ dataset }) => <DatasetPage id={dataset} />}</Route>
              <Route path="/register"><Register /></Route>
              <Route path="/">{inside(<Home />)}</Route>
              <Route path="/shown"><Shown /></Route>
              <Route path="/invitation"><InvitationPage /></Route>
              <Route path="/people">{inside(<People />)}</Route>
              <Route path="/account">{inside(<AccountPage />)}</Route>
              <Route path="/projects">{inside(<Projects />)}</Route>
              <Route path="/projects/:id">{({ id }) => inside(<ProjectPage id={id} />)}</Route>
              <Route path="/projects/:id/sql">{({ id }) => inside(<SqlPage key={id} project={id} />)}</Route>
              <Route path="/sql">{inside(<SqlDoor />)}</Route>
              <Route path="/projects/:id/notebooks">{({ id }) => inside(<NotebooksPage key={id} project={id} />)}</Route>
              <Route path="/notebooks">{inside(<NotebooksDoor />)}</Route>
              <Route path="/outputs">{inside(<Outputs />)}</Route>
              <Route path="/outputs/:id">{({ id }) => inside(<OutputPage key={id} id={id} />)}</Route>
              <Route path="/workspaces">{inside(<Workspaces />)}</Route>
              <Route path="/inputs">{inside(<Inputs />)}</Route>
              <Route path="/inputs/:id">{({ id }) => inside(<InputPage key={id} id={id} />)}</Route>
              <Route path="/review">{inside(<Queue />)}</Route>
              <Route path="/review/:id">{({ id }) => inside(<ReviewPage key={id} id={id} />)}</Route>
              <Route path="/log">{inside(<Log />)}</Route>
              <Route path="/log/of/:object">{({ object }) => inside(<LifePage key={object} of={object} />)}</Route>
              <Route path="/alerts">{inside(<Alerts />)}</Route>
              <Route path="/usage">{inside(<UsagePage />)}</Route>
              <Route path="/sessions">{inside(<Sessions />)}</Route>
              <Route path="/recordings">{inside(<Recordings />)}</Route>
              <Route path="/recordings/:id">{({ id }) => inside(<Player key={id} id={id} />)}</Route>
              <Route path="/workspaces/:id">{inside(null)}</Route>
              <Route path="/applications">{inside(<Applications />)}</Route>
              <Route path="/applications/new">{inside(<Apply />)}</Route>
              <Route path="/applications/:id">{({ id }) => inside(<ApplicationPage id={id} />)}</Route>
              <Route><Missing /></Route>
            </Switch>
          </Suspense>
        </Net>
      </Shell>
    </RouterProvider>
  )
}

/** Texts that the gateway words come in the language of the request: ask again when it changes. */
function useRefetchOnLanguage() {
  const { language } = useSpoken()
  const queries = useQueryClient()
  const before = useRef(language)
  useEffect(() => {
    if (before.current !== language) void queries.invalidateQueries()
    before.current = language
  }, [language, queries])
}
