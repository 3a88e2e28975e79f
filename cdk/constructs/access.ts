import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolDomain,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { SIGNED_IN, SIGNED_OUT } from '../../shared/api/console-config.ts';
import { ROLES } from '../../shared/api/route.ts';
import type { Config } from '../config.ts';

/** What a reader, an editor, an operator may do. */
const GROUPS: Readonly<Record<(typeof ROLES)[number], string>> = {
  reader: 'Sees everything and subscribes addresses of their own',
  editor: 'Besides, saves rules and silences them',
  operator: 'Besides, decides held values, stores values by hand and sees every subscription',
};

/** Who may use console and API: people that somebody made an account for, in one group each. */
export class Access extends Construct {
  readonly pool: UserPool;
  /** The origin of the sign-in's pages. */
  readonly signIn: string;

  constructor(scope: Construct, id: string, { removal }: Pick<Config, 'removal'>) {
    super(scope, id);
    this.pool = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // Off for who does not want it; a code by SMS would cost money and prove less.
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        ...{ minLength: 12, requireDigits: true, requireLowercase: true },
        ...{ requireSymbols: true, requireUppercase: true, tempPasswordValidity: Duration.days(3) },
      },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: removal === 'retain',
      removalPolicy: removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const [position, name] of ROLES.entries()) {
      new UserPoolGroup(this, `Group-${name}`, {
        userPool: this.pool,
        groupName: name,
        description: GROUPS[name],
        precedence: ROLES.length - position,
      });
    }
    // Unique in a region for everybody, and the same through every update: the last part of the stack's own id.
    const unique = Fn.select(2, Fn.split('/', Stack.of(this).stackId));
    const domain = new UserPoolDomain(this, 'Domain', {
      userPool: this.pool,
      cognitoDomain: { domainPrefix: `tidemark-${unique}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.signIn = domain.baseUrl();
  }

  /** The console as an application that signs people in: code with PKCE, and no secret, since a page can keep none. */
  consoleAt(url: string): UserPoolClient {
    const client = new UserPoolClient(this, 'Console', {
      userPool: this.pool,
      generateSecret: false,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`${url}${SIGNED_IN}`],
        logoutUrls: [`${url}${SIGNED_OUT}`],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      // A working day: nothing is kept longer in a browser.
      refreshTokenValidity: Duration.hours(12),
    });
    // Without a style of its own an application gets no pages.
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return client;
  }

  /** The origin that says where tokens come from and who signed them. */
  get keys(): string {
    return `https://cognito-idp.${Stack.of(this).region}.amazonaws.com`;
  }

  /** Who signed a token. */
  get issuer(): string {
    return `${this.keys}/${this.pool.userPoolId}`;
  }
}
