import { createContext, Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SIGNED_IN, SIGNED_OUT } from '../../shared/api/console-config.ts';
import { ROLES } from '../../shared/api/route.ts';
import { plain, reference, type Resource, resourcesOf, templateOf } from './template.ts';

const template = templateOf({ mailFrom: 'alerts@example.com' });
const of = (type: string): readonly (readonly [string, Resource])[] => [...resourcesOf(template, type)];
const the = (type: string, prefix = ''): Resource['Properties'] => {
  const [only, ...more] = of(type).filter(([id]) => id.startsWith(prefix));
  if (only === undefined || more.length > 0) throw new Error(`expected one ${type} ${prefix}`);
  return only[1].Properties;
};
const text = (value: unknown): string => plain(JSON.stringify(value));

describe('the front of the API', () => {
  const routes = of('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
  const isLinks = (route: Resource['Properties']): boolean => text(route['ApiId']).includes('LinksFront');

  it('has one route for subscriptions, one for all else, and each asks for a token of the one authorizer', () => {
    const api = routes.filter((route) => !isLinks(route));
    expect(api.map(({ RouteKey }) => String(RouteKey)).toSorted()).toEqual([
      'ANY /api/subscriptions',
      'ANY /api/subscriptions/{id}',
      'ANY /api/{proxy+}',
    ]);
    for (const route of api) {
      expect(route['AuthorizationType']).toBe('JWT');
      expect(text(route['AuthorizerId'])).toContain('FrontHttpTokens');
    }
  });

  it('takes tokens of our own pool for our own application, out of the header alone', () => {
    const authorizer = the('AWS::ApiGatewayV2::Authorizer');
    expect(authorizer['AuthorizerType']).toBe('JWT');
    expect(authorizer['IdentitySource']).toEqual(['$request.header.Authorization']);
    const jwt = authorizer['JwtConfiguration'] as { Issuer: unknown; Audience: readonly unknown[] };
    expect(plain(reference(jwt.Issuer))).toBe(
      'https://cognito-idp.{AWS::Region}.amazonaws.com/{AccessUsers}',
    );
    expect(jwt.Audience.map((one) => plain(reference(one)))).toEqual(['{AccessConsole}']);
  });

  it('asks nobody who follows a link in a mail for a token, on two methods of one path behind another front', () => {
    const links = routes.filter(isLinks);
    expect(links.map(({ RouteKey }) => String(RouteKey)).toSorted()).toEqual([
      'GET /mail/{action}',
      'POST /mail/{action}',
    ]);
    const none = templateOf();
    expect(resourcesOf(none, 'AWS::ApiGatewayV2::Api').size).toBe(1);
    for (const { Properties } of resourcesOf(none, 'AWS::ApiGatewayV2::Route').values()) {
      expect(Properties['AuthorizationType']).toBe('JWT');
    }
  });

  it('allows no page elsewhere to ask it', () => {
    for (const [, { Properties }] of of('AWS::ApiGatewayV2::Api'))
      expect(Properties).not.toHaveProperty('CorsConfiguration');
  });

  it('is throttled, and logs neither path nor query, which may hold a token', () => {
    const stages = of('AWS::ApiGatewayV2::Stage').map(([, { Properties }]) => Properties);
    expect(stages.map(({ DefaultRouteSettings }) => DefaultRouteSettings)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ThrottlingRateLimit: 25, ThrottlingBurstLimit: 100 }),
        expect.objectContaining({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 20 }),
      ]),
    );
    for (const { AccessLogSettings } of stages) {
      const { Format } = AccessLogSettings as { Format: string };
      expect(Object.values(JSON.parse(Format) as Record<string, string>)).not.toContain('$context.path');
      expect(Format).not.toMatch(/query|sourceIp|email|\$context\.path/i);
    }
  });

  it('hands requests to the function in payload format 2.0, and to no other', () => {
    for (const [, { Properties }] of of('AWS::ApiGatewayV2::Integration')) {
      expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    }
  });
});

describe('who may sign in', () => {
  it('is whom somebody made an account for, with a strong password and a second factor who wants one', () => {
    expect(the('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      MfaConfiguration: 'OPTIONAL',
      Policies: {
        PasswordPolicy: {
          ...{ MinimumLength: 12, RequireLowercase: true, RequireNumbers: true },
          ...{ RequireSymbols: true, RequireUppercase: true },
        },
      },
      DeletionProtection: 'ACTIVE',
    });
  });

  it('has a role by a group of its name, the stronger one first', () => {
    const groups = of('AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties);
    const byStrength = groups.toSorted((a, b) => Number(b['Precedence']) - Number(a['Precedence']));
    expect(byStrength.map(({ GroupName }) => GroupName)).toEqual([...ROLES]);
  });

  it('signs in by code with no secret, and comes back to the console alone', () => {
    const client = the('AWS::Cognito::UserPoolClient');
    expect(client).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
    const console = 'https://{ConsoleDistribution.DomainName}';
    expect((client['CallbackURLs'] as unknown[]).map((url) => plain(reference(url)))).toEqual([
      console + SIGNED_IN,
    ]);
    expect((client['LogoutURLs'] as unknown[]).map((url) => plain(reference(url)))).toEqual([
      console + SIGNED_OUT,
    ]);
  });

  it('gets pages to do so: a domain under a name of the deployment’s own, and a style', () => {
    expect(the('AWS::Cognito::UserPoolDomain')).toMatchObject({ ManagedLoginVersion: 2 });
    expect(text(the('AWS::Cognito::UserPoolDomain')['Domain'])).toContain('AWS::StackId');
    expect(the('AWS::Cognito::ManagedLoginBranding')).toMatchObject({ UseCognitoProvidedValues: true });
  });
});

describe('the console', () => {
  const { DistributionConfig } = the('AWS::CloudFront::Distribution') as {
    DistributionConfig: {
      DefaultCacheBehavior: Record<string, unknown>;
      CacheBehaviors: readonly Record<string, unknown>[];
      Origins: readonly Record<string, unknown>[];
      CustomErrorResponses?: unknown;
    };
  };
  /** Managed policies of CloudFront, by the ids that its documentation gives them. */
  const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
  const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

  it('lies in a bucket that is closed to the public, encrypted, and read through the distribution alone', () => {
    expect(the('AWS::S3::Bucket')).toMatchObject({
      BucketEncryption: expect.anything(),
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        ...{
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    const policy = text(the('AWS::S3::BucketPolicy')['PolicyDocument']);
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toContain('"AWS:SourceArn"');
    expect(policy).not.toContain('"Principal":"*"');
    expect(the('AWS::CloudFront::OriginAccessControl')).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
  });

  it('passes what is asked under /api and /mail on as it came, over HTTPS, and keeps nothing of it', () => {
    expect(DistributionConfig.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/api/*',
      '/mail/*',
    ]);
    for (const behavior of DistributionConfig.CacheBehaviors) {
      expect(behavior).toMatchObject({
        CachePolicyId: CACHING_DISABLED,
        OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
        ViewerProtocolPolicy: 'https-only',
      });
      expect(behavior['AllowedMethods']).toContain('DELETE');
    }
    const own = DistributionConfig.Origins.filter((origin) => 'CustomOriginConfig' in origin);
    expect(own).toHaveLength(2);
    for (const { CustomOriginConfig } of own) {
      expect(CustomOriginConfig).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      });
    }
  });

  it('sends everybody who comes without encryption where there is', () => {
    expect(DistributionConfig.DefaultCacheBehavior['ViewerProtocolPolicy']).toBe('redirect-to-https');
  });

  it('puts its page in no place of an answer of the API', () => {
    expect(DistributionConfig).not.toHaveProperty('CustomErrorResponses');
  });

  it.each([
    ['/', '/index.html'],
    ['/rules/small-cap-streak', '/index.html'],
    ['/alerts/small-cap-streak%2Fsmall-cap-streak%402026-01-12', '/index.html'],
    ['/data/IWM.close', '/index.html'],
    ['/assets/index-B2x9.js', '/assets/index-B2x9.js'],
    ['/config.json', '/config.json'],
    ['/favicon.svg', '/favicon.svg'],
  ])('answers %s with %s', (uri, answered) => {
    const { FunctionCode } = the('AWS::CloudFront::Function') as { FunctionCode: string };
    const context = createContext({ event: { request: { uri } } });
    new Script(`${FunctionCode}; var answer = handler(event).uri;`).runInContext(context);
    expect(context['answer']).toBe(answered);
  });

  it('lets a browser run nothing but its own files, and ask its own origin and the sign-in', () => {
    const { ResponseHeadersPolicyConfig } = the('AWS::CloudFront::ResponseHeadersPolicy') as {
      ResponseHeadersPolicyConfig: { SecurityHeadersConfig: Record<string, Record<string, unknown>> };
    };
    const headers = ResponseHeadersPolicyConfig.SecurityHeadersConfig;
    const policy = plain(reference(headers['ContentSecurityPolicy']?.['ContentSecurityPolicy']));
    const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0] ?? '', one] as const));
    expect(directives.get('default-src')).toBe("default-src 'none'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('connect-src')).toMatch(
      /^connect-src 'self' https:\/\/\{AccessDomain[^}]*\}\.auth\.\{AWS::Region\}\.amazoncognito\.com https:\/\/cognito-idp\.\{AWS::Region\}\.amazonaws\.com$/,
    );
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|\*/);
    expect(headers['StrictTransportSecurity']).toMatchObject({
      AccessControlMaxAgeSec: 31_536_000,
      Override: true,
    });
    expect(headers['FrameOptions']).toMatchObject({ FrameOption: 'DENY', Override: true });
    expect(headers['ContentTypeOptions']).toMatchObject({ Override: true });
    expect(headers['ReferrerPolicy']).toMatchObject({ ReferrerPolicy: 'no-referrer' });
  });

  it('keeps for ever what is named by its content, and asks again for the page and its settings', () => {
    const copies = of('Custom::CDKBucketDeployment').map(([, { Properties }]) => Properties);
    const kept = copies.map(({ SystemMetadata, Include, Exclude }) => [
      (SystemMetadata as Record<string, string>)['cache-control'],
      ...[Include, Exclude],
    ]);
    expect(kept).toEqual(
      expect.arrayContaining([
        ['public, max-age=31536000, immutable', ['assets/*'], ['*']],
        ['no-cache', undefined, ['assets/*']],
      ]),
    );
    for (const copy of copies) expect(copy['Prune']).toBe(false);
  });
});
