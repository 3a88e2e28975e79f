import type { ComponentChildren } from 'preact';
import { ErrorBoundary, lazy, LocationProvider, Route, Router } from 'preact-iso';
import { Layout } from './parts/layout.tsx';
import { NotFoundPage } from './parts/not-found.tsx';
import type { Surroundings } from './session/enter.ts';
import { Entrance } from './session/entrance.tsx';
import { TodayPage } from './today/page.tsx';

const RulePages = lazy(async () => (await import('./rule/page.tsx')).RulePages);
const AlertsPage = lazy(async () => (await import('./alerts/list.tsx')).AlertsPage);
const AlertPage = lazy(async () => (await import('./alerts/alert.tsx')).AlertPage);
const SubscriptionsPage = lazy(async () => (await import('./subscriptions/page.tsx')).SubscriptionsPage);
const SilencesPage = lazy(async () => (await import('./silences/page.tsx')).SilencesPage);
const DataPage = lazy(async () => (await import('./data/page.tsx')).DataPage);
const OutboxPage = lazy(async () => (await import('./outbox/page.tsx')).OutboxPage);
const OutboxMessagePage = lazy(async () => (await import('./outbox/message.tsx')).OutboxMessagePage);

/**
 * Every page at its address; each but the first is loaded when it is first asked for. The address is read once somebody is
 * let in, since the sign-in comes back to another one.
 */
export function Console({ surroundings }: { readonly surroundings: Surroundings }): ComponentChildren {
  return (
    <Entrance surroundings={surroundings}>
      <LocationProvider>
        <Layout>
          <ErrorBoundary>
            <Router>
              <Route path="/" component={TodayPage} />
              <Route path="/rules/:id?" component={RulePages} />
              <Route path="/alerts" component={AlertsPage} />
              <Route path="/alerts/:id" component={AlertPage} />
              <Route path="/subscriptions" component={SubscriptionsPage} />
              <Route path="/silences" component={SilencesPage} />
              <Route path="/data" component={DataPage} />
              <Route path="/outbox" component={OutboxPage} />
              <Route path="/outbox/:name" component={OutboxMessagePage} />
              <Route default component={NotFoundPage} />
            </Router>
          </ErrorBoundary>
        </Layout>
      </LocationProvider>
    </Entrance>
  );
}
