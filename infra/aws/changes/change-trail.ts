import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ReadWriteType, Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** How long the trail's files stay; long enough to look a year back at what a requester did. */
const KEEP_FILES = Duration.days(400);

/**
 * A trail for an account that has none: without one EventBridge gets no IAM events. It logs management write
 * events of this region, where IAM's arrive; the first copy of those is free of charge.
 */
export class ChangeTrail extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: KEEP_FILES }],
      // Evidence outlives the stack.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this.bucket,
      'S1',
      'Only CloudTrail writes to it and nobody reads it in daily life. An access log would need a further bucket, with the same question.',
    );
    new Trail(this, 'Trail', {
      bucket: this.bucket,
      managementEvents: ReadWriteType.WRITE_ONLY,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: true,
      enableFileValidation: true,
    });
  }
}
