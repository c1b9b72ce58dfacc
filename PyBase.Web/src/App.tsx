import { lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import { RequireAccount } from './accounts/RequireAccount'
import { SignPage } from './accounts/SignPage'
import { Centered, NotFound } from './shell/States'

// The grid is the larger half of the application: it is loaded when a base is opened.
const BasePage = lazy(() => import('./bases/BasePage'))
// Who opens a base by its address does not need the list of them.
const BasesPage = lazy(() => import('./bases/BasesPage').then(m => ({ default: m.BasesPage })))
const AuditPage = lazy(() => import('./audit/AuditPage'))
const AutomationsPage = lazy(() => import('./automations/AutomationsPage'))
const DashboardsPage = lazy(() => import('./dashboards/DashboardsPage'))
const LinkPage = lazy(() => import('./accounts/LinkPage'))
const MembersPage = lazy(() => import('./members/MembersPage'))
const OperationsPage = lazy(() => import('./operations/OperationsPage'))
const PreferencesPage = lazy(() => import('./notifications/PreferencesPage'))
const RulesPage = lazy(() => import('./permissions/RulesPage'))
const SecondFactorPage = lazy(() => import('./accounts/SecondFactorPage'))
const SecurityPage = lazy(() => import('./accounts/SecurityPage'))
const SharePage = lazy(() => import('./shares/SharePage'))
const TokensPage = lazy(() => import('./accounts/TokensPage'))
const TrashPage = lazy(() => import('./trash/TrashPage'))
const WebhooksPage = lazy(() => import('./webhooks/WebhooksPage'))

export function App() {
  return (
    <Suspense fallback={<Centered />}>
      <Routes>
        <Route path="/sign-in" element={<SignPage mode="sign-in" />} />
        <Route path="/sign-up" element={<SignPage mode="sign-up" />} />
        <Route path="/join/:secret" element={<SignPage mode="sign-up" />} />
        <Route path="/forgotten" element={<LinkPage mode="forgotten" />} />
        <Route path="/reset/:secret" element={<LinkPage mode="reset" />} />
        <Route path="/confirm/:secret" element={<LinkPage mode="confirm" />} />
        <Route path="/unsubscribe/:secret" element={<LinkPage mode="unsubscribe" />} />
        <Route path="/share/:token" element={<SharePage />} />
        <Route path="/second-factor" element={<SecondFactorPage />} />
        <Route element={<RequireAccount />}>
          <Route path="/" element={<BasesPage />} />
          <Route path="/security" element={<SecurityPage />} />
          <Route path="/notifications" element={<PreferencesPage />} />
          <Route path="/tokens" element={<TokensPage />} />
          <Route path="/workspaces/:workspaceId/members" element={<MembersPage />} />
          <Route path="/workspaces/:workspaceId/audit" element={<AuditPage />} />
          <Route path="/audit" element={<AuditPage />} />
          <Route path="/bases/:baseId/audit" element={<AuditPage />} />
          <Route path="/bases/:baseId/rules" element={<RulesPage />} />
          <Route path="/operations" element={<OperationsPage />} />
          <Route path="/bases/:baseId/trash" element={<TrashPage />} />
          <Route path="/bases/:baseId/webhooks" element={<WebhooksPage />} />
          <Route path="/bases/:baseId/automations" element={<AutomationsPage />} />
          <Route path="/bases/:baseId/automations/:automationId" element={<AutomationsPage />} />
          <Route path="/bases/:baseId/dashboards" element={<DashboardsPage />} />
          <Route path="/bases/:baseId/dashboards/:dashboardId" element={<DashboardsPage />} />
          <Route path="/bases/:baseId" element={<BasePage />} />
          <Route path="/bases/:baseId/:tableId" element={<BasePage />} />
          <Route path="/bases/:baseId/:tableId/:viewId" element={<BasePage />} />
        </Route>
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  )
}
