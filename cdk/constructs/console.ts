import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { contentPolicy } from '../../shared/api/content-policy.ts';
import { ASSETS } from '../console-files.ts';
import type { Access } from './access.ts';
import type { Front } from './front.ts';

/** What is asked under the console's own address. */
export interface ConsoleProps {
  readonly access: Access;
  readonly api: Front;
  /** What answers links in mails; null where no HTML mail is sent. */
  readonly links: Front | null;
}

/** A page of the console is no file: whatever is none is answered with the one page, which reads the address itself. */
const ONE_PAGE = `function handler(event) {
  var request = event.request;
  var isFile = request.uri.startsWith('/${ASSETS}/') || /^\\/[^/]+\\.[a-z0-9]+$/.test(request.uri);
  if (!isFile) request.uri = '/index.html';
  return request;
}`;

/** The console: a private bucket that only its own distribution may read, and the API under the same address. */
export class Console extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: ConsoleProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Every deployment puts all of it there again.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    // CDK's own types do not fit each other where what is optional must not be undefined.
    this.bucket = bucket as IBucket;
    const headers = this.headers(props.access);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${Stack.of(this).stackName}: console and API`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: this.files(headers),
      additionalBehaviors: {
        '/api/*': passedOn(props.api, headers),
        ...(props.links === null ? {} : { '/mail/*': passedOn(props.links, headers) }),
      },
    });
  }

  /** The console's address. */
  get url(): string {
    return `https://${this.distribution.distributionDomainName}`;
  }

  private files(responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy,
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(this, 'OnePage', {
            comment: 'Answers every page of the console with the one there is',
            code: FunctionCode.fromInline(ONE_PAGE),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    };
  }

  private headers({ signIn, keys }: Access): ResponseHeadersPolicy {
    const policy = contentPolicy({ connect: [signIn, keys] });
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: `${Stack.of(this).stackName}: what a browser may do with the console`,
      securityHeadersBehavior: {
        // The pages that links in mails open are stricter still and say so themselves.
        contentSecurityPolicy: { contentSecurityPolicy: policy, override: false },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          ...{ accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
          {
            header: 'permissions-policy',
            value: 'camera=(), geolocation=(), microphone=(), payment=()',
            override: true,
          },
        ],
      },
    });
  }
}

/** Passed on as it came, `Authorization` included, and never kept. */
function passedOn({ host }: Front, responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions {
  return {
    origin: new HttpOrigin(host),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy,
  };
}
