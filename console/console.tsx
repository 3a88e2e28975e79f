import type { ComponentChildren } from 'preact';
import { ErrorBoundary, lazy, LocationProvider, Route, Router } from 'preact-iso';
import { Layout } from './parts/layout.tsx';
import type { Surroundings } from './session/enter.ts';
import { Entrance } from './session/entrance.tsx';

const TodayPage = lazy(async () => (await import('./today/page.tsx')).TodayPage);
const RulePages = lazy(async () => (await import('./rule/page.tsx')).RulePages);

/** Every page at its address; each is loaded when it is first asked for. */
export function Console({ surroundings }: { readonly surroundings: Surroundings }): ComponentChildren {
  return (
    <LocationProvider>
      <Entrance surroundings={surroundings}>
        <Layout>
          <ErrorBoundary>
            <Router>
              <Route path="/" component={TodayPage} />
              <Route path="/rules/:id?" component={RulePages} />
            </Router>
          </ErrorBoundary>
        </Layout>
      </Entrance>
    </LocationProvider>
  );
}
