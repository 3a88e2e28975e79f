import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer, useWrite } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Card, PageHead } from '../parts/card.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Pill } from '../parts/pill.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useTitle } from '../parts/title.ts';
import { toast } from '../parts/toast.tsx';
import { me, offers } from '../session/session.ts';
import { ConfirmAddress } from './confirm-address.tsx';
import { Subscribe } from './subscribe.tsx';

type Subscription = Answer<'subscriptions'>['subscriptions'][number];

const STATUS = {
  pending: { tone: 'amber', symbol: '◐' },
  confirmed: { tone: 'good', symbol: '✓' },
  'opted out': { tone: 'quiet', symbol: '–' },
  vanished: { tone: 'bad', symbol: '?' },
} as const;

/** Who is told of what. An address that was not confirmed cannot be removed: what was asked of it lapses by itself. */
export function SubscriptionsPage(): ComponentChildren {
  const asked = useAnswer('subscriptions');
  const [leaving, setLeaving] = useState<Subscription | null>(null);
  const [confirming, setConfirming] = useState<Subscription | null>(null);
  useTitle('Subscriptions');
  return (
    <>
      <PageHead
        title="Subscriptions"
        lead="Who is told, of which rules, and how. Addresses are masked here, and appear in no log."
      />
      <div class="columns">
        <Answered asked={asked} what="Reading the subscriptions">
          {({ subscriptions }) => (
            <Card title={me.value?.role === 'operator' ? 'All subscriptions' : 'Yours'}>
              <Table
                caption="Subscriptions"
                columns={columns(setConfirming, setLeaving)}
                rows={subscriptions}
                keyOf={({ id }) => id}
                empty="Nobody is told yet. Subscribe an address, and it hears of the next alert."
              />
            </Card>
          )}
        </Answered>
        {offers('subscribe') ? <Subscribe done={asked.again} /> : null}
      </div>
      <ConfirmAddress subscription={confirming} close={() => setConfirming(null)} done={asked.again} />
      <Unsubscribe subscription={leaving} close={() => setLeaving(null)} done={asked.again} />
    </>
  );
}

function columns(
  confirm: (subscription: Subscription) => void,
  leave: (subscription: Subscription) => void,
): readonly Column<Subscription>[] {
  return [
    {
      title: 'Address',
      phone: 'plain',
      cell: ({ address, channel }) => (
        <div>
          <span class="day">{address}</span>
          <div class="soft small">{channel === 'sms' ? 'SMS' : 'e-mail'}</div>
        </div>
      ),
    },
    {
      title: 'Hears of',
      kind: 'wide',
      cell: (one) => (
        <div>
          {rulesText(one.rules)}
          <div class="soft small">{wishes(one)}</div>
        </div>
      ),
    },
    {
      title: 'Status',
      cell: ({ status }) => (
        <div>
          <Pill {...STATUS[status]}>{status}</Pill>
          {status === 'pending' ? <div class="soft small">lapses after two days</div> : null}
        </div>
      ),
    },
    {
      title: 'Actions',
      phone: 'plain',
      cell: (one) => <Actions one={one} confirm={confirm} leave={leave} />,
    },
  ];
}

function Actions({
  one,
  confirm,
  leave,
}: {
  readonly one: Subscription;
  readonly confirm: (subscription: Subscription) => void;
  readonly leave: (subscription: Subscription) => void;
}): ComponentChildren {
  return (
    <span class="row-actions">
      {one.status === 'pending' && offers('confirm') ? (
        <button type="button" class="button slim" onClick={() => confirm(one)}>
          Confirm<span class="heard"> {one.address}</span>
        </button>
      ) : null}
      {one.status !== 'pending' && offers('unsubscribe') ? (
        <button type="button" class="button slim" onClick={() => leave(one)}>
          Unsubscribe<span class="heard"> {one.address}</span>
        </button>
      ) : null}
    </span>
  );
}

function rulesText(rules: readonly string[]): ComponentChildren {
  if (rules.includes('*')) return 'every rule';
  return rules.map((rule, at) => (
    <span key={rule}>
      {at === 0 ? '' : ', '}
      <code>{rule}</code>
    </span>
  ));
}

const FROM = { info: 'all severities', notice: 'notice and urgent', urgent: 'urgent only' };

function wishes({ severity, form, format }: Subscription): string {
  const digest = form === 'digest' ? 'one digest a session' : 'single alerts';
  return [FROM[severity], digest, format === 'html' ? 'HTML mail' : ''].filter(Boolean).join(' · ');
}

function Unsubscribe({
  subscription,
  close,
  done,
}: {
  readonly subscription: Subscription | null;
  readonly close: () => void;
  readonly done: () => void;
}): ComponentChildren {
  const { send, busy, problem, clear } = useWrite('unsubscribe');
  const end = (): void => {
    clear();
    close();
  };
  const go = async (): Promise<void> => {
    if (subscription === null) return;
    const outcome = await send({ params: { id: subscription.id } });
    if (!outcome.ok) return;
    toast(`${subscription.address} is told nothing any more.`);
    end();
    done();
  };
  return (
    <Confirm
      title="Unsubscribe"
      action="Unsubscribe"
      open={subscription !== null}
      {...{ busy, problem, close: end, go: () => void go() }}
    >
      <p>
        <strong>{subscription?.address}</strong> will be told nothing any more. It can subscribe again.
      </p>
    </Confirm>
  );
}
